import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FloatArray } from '../../tensor/shape.ts'
import type { Backend } from '../backend.ts'
import { js } from '../js/index.ts'
import { createWasm } from './index.ts'
import { expectSame, like, numbers } from './numbers.testing.ts'

const wasm = createWasm() as Backend
const length = fc.integer({ min: 1, max: 70 })
const seed = fc.integer({ min: 0, max: 2 ** 31 })

const run = (backend: Backend, x: FloatArray, rows: number, columns: number): FloatArray => {
  const out = like(x, x.length)
  backend.logSoftmax(x, out, { rows, columns })
  return out
}

describe('logSoftmax of the wasm backend', () => {
  it('agrees with the reference up to the rounding of a sum in another order', () => {
    fc.assert(
      fc.property(
        length,
        length,
        fc.boolean(),
        seed,
        fc.constantFrom(1, 30, 1000),
        (rows, columns, single, from, size) => {
          const x = numbers(rows * columns, single, from).map((value) => value * size) as FloatArray
          const [got, expected] = [run(wasm, x, rows, columns), run(js, x, rows, columns)]
          // Another order of the sum: one rounding per term, two for eˣ and log each; then the result is rounded.
          const sum = (columns + 8) * 2 ** -53
          const rounding = single ? 2 ** -23 : 2 ** -51
          got.forEach((value, i) => {
            expect(Math.abs(value - expected[i])).toBeLessThanOrEqual(sum + rounding * Math.abs(expected[i]))
          })
        },
      ),
    )
  })

  it('agrees with the reference on which results are NaN or infinite', () => {
    fc.assert(
      fc.property(length, length, fc.boolean(), seed, (rows, columns, single, from) => {
        const x = numbers(rows * columns, single, from, 0.05)
        const kind = (value: number) => (Number.isFinite(value) ? 0 : value)
        expectSame(
          run(wasm, x, rows, columns).map(kind) as FloatArray,
          run(js, x, rows, columns).map(kind) as FloatArray,
        )
      }),
    )
  })

  it('gives a row the same bits at any position, in several chunks, and in place', () => {
    for (const [rows, columns] of [
      [7000, 11],
      [3, 40_000],
    ]) {
      const x = numbers(rows * columns, true, 9)
      const got = run(wasm, x, rows, columns)
      for (const row of [0, 1, rows - 1]) {
        const [from, to] = [row * columns, (row + 1) * columns]
        expectSame(got.slice(from, to), run(wasm, x.slice(from, to), 1, columns))
      }
      wasm.logSoftmax(x, x, { rows, columns })
      expectSame(x, got)
    }
  })

  it('uses the reference for rows that do not fit into scratch memory', () => {
    const x = numbers(600_000, false, 10)
    expectSame(run(wasm, x, 1, 600_000), run(js, x, 1, 600_000))
  })
})
