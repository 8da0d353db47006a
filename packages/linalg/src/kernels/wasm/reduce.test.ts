import fc from 'fast-check'
import { describe, it } from 'vitest'
import type { Backend, Reduction } from '../backend.ts'
import { js } from '../js/index.ts'
import { createWasm } from './index.ts'
import { expectSame, like, numbers } from './numbers.testing.ts'

const wasm = createWasm() as Backend
const length = fc.integer({ min: 1, max: 70 })
const seed = fc.integer({ min: 0, max: 2 ** 31 })

describe('reductions of the wasm backend', () => {
  it('have the bits of the reference, over random shapes', () => {
    const reductions = fc.constantFrom<Reduction>('sum', 'max')
    const small = fc.integer({ min: 0, max: 5 })
    fc.assert(
      fc.property(
        reductions,
        small,
        length,
        length,
        fc.boolean(),
        seed,
        (reduction, outer, l, inner, f, s) => {
          const x = numbers(outer * l * inner, f, s, 0.01)
          const [got, expected] = [like(x, outer * inner), like(x, outer * inner)]
          wasm.reduce(reduction, x, got, { outer, length: l, inner })
          js.reduce(reduction, x, expected, { outer, length: l, inner })
          expectSame(got, expected)
        },
      ),
      { numRuns: 300 },
    )
  })

  it('have the same bits in several chunks, and if one reduction does not fit into scratch memory', () => {
    for (const size of [
      { outer: 700, length: 40, inner: 10 },
      { outer: 1, length: 3000, inner: 100 },
    ]) {
      const x = numbers(size.outer * size.length * size.inner, true, 7)
      const [got, expected] = [like(x, size.outer * size.inner), like(x, size.outer * size.inner)]
      wasm.reduce('sum', x, got, size)
      js.reduce('sum', x, expected, size)
      expectSame(got, expected)
    }
  })
})
