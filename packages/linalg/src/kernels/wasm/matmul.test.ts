import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRng } from '../../tensor/rng.ts'
import type { FloatArray } from '../../tensor/shape.ts'
import type { Backend } from '../backend.ts'
import { createWasm } from './index.ts'
import { MAX_SUM_DEPTH } from './matmul.ts'
import { expectSame, like, numbers } from './numbers.testing.ts'

const wasm = createWasm() as Backend

interface Size {
  m: number
  k: number
  n: number
}
interface Transpose {
  a: boolean
  b: boolean
}

const length = fc.integer({ min: 1, max: 70 })
const size = fc.record({ m: length, k: length, n: length })
const transposes = fc.record({ a: fc.boolean(), b: fc.boolean() })
const seed = fc.integer({ min: 0, max: 2 ** 31 })

/** The definition with every product and every sum rounded to the dtype, in the order of k: the expected bits. */
function definition(a: FloatArray, b: FloatArray, { m, k, n }: Size, transpose: Transpose): FloatArray {
  const round = a instanceof Float32Array ? Math.fround : (value: number) => value
  const out = like(a, m * n)
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let total = 0
      for (let l = 0; l < k; l++) {
        total = round(
          total + round(a[transpose.a ? l * m + i : i * k + l] * b[transpose.b ? j * k + l : l * n + j]),
        )
      }
      out[i * n + j] = total
    }
  }
  return out
}

function check(backend: Backend, a: FloatArray, b: FloatArray, size: Size, transpose: Transpose): void {
  const out = like(a, size.m * size.n).fill(7)
  backend.matmul(a, b, out, size, transpose)
  expectSame(out, definition(a, b, size, transpose))
}

/** Returns a copy with a share of its elements set to 0. */
function withZeros(x: FloatArray, share: number, from: number): FloatArray {
  const rng = createRng(from)
  return x.map((value) => (rng.uniform() < share ? 0 : value))
}

describe('matmul of the wasm backend', () => {
  it('has the bits of the definition for lengths 1 to 70, transposes, both dtypes and special values', () => {
    fc.assert(
      fc.property(
        size,
        transposes,
        fc.boolean(),
        seed,
        fc.constantFrom(0, 0.02),
        (size, transpose, single, from, share) => {
          const a = numbers(size.m * size.k, single, from, share)
          const b = numbers(size.k * size.n, single, from + 1, share)
          check(wasm, a, b, size, transpose)
        },
      ),
      { numRuns: 500 },
    )
  })

  it('has the bits of the definition if A is mostly zeros, also if B has NaN or infinities', () => {
    fc.assert(
      fc.property(
        size,
        transposes,
        fc.boolean(),
        seed,
        fc.constantFrom(0, 0.001, 0.02),
        (size, transpose, single, from, share) => {
          const a = withZeros(numbers(size.m * size.k, single, from, share), 0.8, from)
          const b = numbers(size.k * size.n, single, from + 1, share)
          check(wasm, a, b, size, transpose)
        },
      ),
      { numRuns: 500 },
    )
  })

  it('has the bits of the definition for operands larger than a block, dense and sparse', () => {
    for (const single of [true, false]) {
      for (const zeroShare of [0, 0.8]) {
        const large = (size: Size, transpose: Transpose) => {
          const a = withZeros(numbers(size.m * size.k, single, 1), zeroShare, 2)
          check(wasm, a, numbers(size.k * size.n, single, 3), size, transpose)
        }
        large({ m: 257, k: 1030, n: 26 }, { a: false, b: false })
        large({ m: 5, k: 1030, n: 515 }, { a: true, b: true })
        large({ m: 600, k: 520, n: 30 }, { a: true, b: false })
        large({ m: 2, k: 1030, n: 515 }, { a: false, b: true })
      }
    }
  })

  it('fails this comparison if one bit is wrong', () => {
    const faulty: Backend = {
      ...wasm,
      matmul: (a, b, out, size, transpose) => {
        wasm.matmul(a, b, out, size, transpose)
        out[out.length - 1] *= 1 + 2 ** -23
      },
    }
    const [a, b] = [numbers(33 * 20, true, 1), numbers(20 * 17, true, 2)]
    expect(() => check(faulty, a, b, { m: 33, k: 20, n: 17 }, { a: false, b: false })).toThrow(/560/)
  })

  it('bounds the error of long sums in float32, by adding sums of limited depth', () => {
    const k = 1_000_000
    const x = new Float32Array(k).fill(0.1)
    const exact = k * x[0] * x[0]
    const out = new Float32Array(1)
    for (const transpose of [
      { a: false, b: false },
      { a: true, b: true },
    ]) {
      wasm.matmul(x, x, out, { m: 1, k, n: 1 }, transpose)
      expect(Math.abs(out[0] / exact - 1)).toBeLessThan(3e-4)
    }
    const bound = (MAX_SUM_DEPTH + k / MAX_SUM_DEPTH) * 2 ** -24
    const rng = createRng(5)
    const [a, b] = [2, 3].map((n) => new Float32Array(n * 50_000).map(() => rng.normal()))
    const product = new Float32Array(6)
    wasm.matmul(a, b, product, { m: 2, k: 50_000, n: 3 }, { a: false, b: false })
    for (let i = 0; i < 6; i++) {
      let [sum, size] = [0, 0]
      for (let l = 0; l < 50_000; l++) {
        const term = a[Math.floor(i / 3) * 50_000 + l] * b[l * 3 + (i % 3)]
        sum += term
        size += Math.abs(term)
      }
      expect(Math.abs(product[i] - sum)).toBeLessThanOrEqual(bound * size)
    }
  })

  it('fills the result with 0 if the inner length is 0', () => {
    const out = Float32Array.of(7, 7)
    wasm.matmul(new Float32Array(0), new Float32Array(0), out, { m: 2, k: 0, n: 1 }, { a: false, b: false })
    expect(out).toEqual(Float32Array.of(0, 0))
  })
})
