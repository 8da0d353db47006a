import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Backend } from '../backend.ts'
import { js } from '../js/index.ts'
import { createWasm } from './index.ts'
import { expectSame, like, numbers } from './numbers.testing.ts'

const wasm = createWasm() as Backend
const length = fc.integer({ min: 1, max: 70 })
const seed = fc.integer({ min: 0, max: 2 ** 31 })

describe('matmul of the wasm backend', () => {
  /** A sum of k products in the dtype differs from the exact one by at most k + 1 roundings of Σ |a|·|b|. */
  function checkWith(
    backend: Backend,
    m: number,
    k: number,
    n: number,
    ta: boolean,
    tb: boolean,
    single: boolean,
    from: number,
  ) {
    const a = numbers(m * k, single, from)
    const b = numbers(k * n, single, from + 1)
    const transpose = { a: ta, b: tb }
    const got = like(a, m * n).fill(7)
    backend.matmul(a, b, got, { m, k, n }, transpose)
    const [x, y] = [Float64Array.from(a), Float64Array.from(b)]
    const exact = new Float64Array(m * n)
    js.matmul(x, y, exact, { m, k, n }, transpose)
    const sizes = new Float64Array(m * n)
    js.matmul(x.map(Math.abs), y.map(Math.abs), sizes, { m, k, n }, transpose)
    const rounding = single ? 2 ** -24 : 2 ** -52
    const wrong = exact.findIndex((value, i) => !(Math.abs(got[i] - value) <= (k + 1) * rounding * sizes[i]))
    expect(wrong, `${m}×${k}·${k}×${n}`).toBe(-1)
  }

  const check = checkWith.bind(undefined, wasm)

  it('is within (k + 1)/2 units in the last place of Σ |a|·|b|, for lengths 1 to 70, transposes, dtypes', () => {
    fc.assert(fc.property(length, length, length, fc.boolean(), fc.boolean(), fc.boolean(), seed, check), {
      numRuns: 500,
    })
  })

  it('is so for operands larger than the blocks', () => {
    for (const single of [true, false]) {
      check(257, 1030, 3, false, false, single, 1)
      check(5, 1030, 515, true, true, single, 2)
      check(300, 20, 1100, true, false, single, 3)
    }
  })

  it('has no bit that depends on blocking: a large product consists of the bits of its parts', () => {
    const [m, k, n] = [600, 1500, 520]
    const a = numbers(m * k, true, 1)
    const b = numbers(k * n, true, 2)
    const whole = new Float32Array(m * n)
    wasm.matmul(a, b, whole, { m, k, n }, { a: false, b: false })
    const row = new Float32Array(n)
    wasm.matmul(a.subarray(599 * k), b, row, { m: 1, k, n }, { a: false, b: false })
    expectSame(whole.subarray(599 * n), row)
    const f = Math.fround
    let last = 0
    for (let l = 0; l < k; l++) last = f(last + f(a[599 * k + l] * b[l * n + n - 1]))
    expect(whole.at(-1)).toBe(last)
  })

  it('would be caught with one product left out', () => {
    const faulty: Backend = {
      ...wasm,
      matmul: (a, b, out, size, transpose) => {
        wasm.matmul(a, b, out, size, transpose)
        out[out.length - 1] -= a[a.length - 1] * b[b.length - 1]
      },
    }
    expect(() => checkWith(faulty, 33, 20, 17, false, false, true, 1)).toThrow(/33×20·20×17/)
  })

  it('lets NaN, infinities, −0 and denormals through as the reference does', () => {
    fc.assert(
      fc.property(length, length, length, seed, (m, k, n, from) => {
        const a = numbers(m * k, false, from, 0.02)
        const b = numbers(k * n, false, from + 1, 0.02)
        const [got, expected] = [new Float64Array(m * n), new Float64Array(m * n)]
        wasm.matmul(a, b, got, { m, k, n }, { a: false, b: false })
        js.matmul(a, b, expected, { m, k, n }, { a: false, b: false })
        expectSame(got, expected)
      }),
    )
  })

  it('of no products is 0', () => {
    const out = Float32Array.of(7, 7)
    wasm.matmul(new Float32Array(0), new Float32Array(0), out, { m: 2, k: 0, n: 1 }, { a: false, b: false })
    expect(out).toEqual(Float32Array.of(0, 0))
  })
})
