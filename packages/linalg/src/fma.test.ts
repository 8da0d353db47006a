import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { fma } from './fma.ts'
import { js } from './kernels/js/index.ts'
import { like, numbers } from './kernels/wasm/numbers.testing.ts'

describe('the backend with fused multiply-add', () => {
  afterEach(() => {
    vi.restoreAllMocks()
  })

  it('computes products within k units in the last place of Σ |a|·|b|, of dense and sparse operands', () => {
    const backend = fma()
    const length = fc.integer({ min: 1, max: 70 })
    const keepQuarter = (_: number, i: number, all: ArrayLike<number>) => (i % 4 > 0 ? 0 : all[i])
    fc.assert(
      fc.property(length, length, length, fc.boolean(), fc.boolean(), (m, k, n, single, isSparse) => {
        const dense = numbers(m * k, single, m + k)
        const a = isSparse ? dense.map((_, i) => keepQuarter(_, i, dense)) : dense
        const b = numbers(k * n, single, n)
        const out = like(a, m * n)
        const product = (x: Float64Array, y: Float64Array) => {
          const exact = new Float64Array(m * n)
          js.matmul(x, y, exact, { m, k, n }, { a: false, b: false })
          return exact
        }
        backend.matmul(a, b, out, { m, k, n }, { a: false, b: false })
        const [x, y] = [Float64Array.from(a), Float64Array.from(b)]
        const exact = product(x, y)
        const sizes = product(x.map(Math.abs), y.map(Math.abs))
        const unit = single ? 2 ** -23 : 2 ** -52
        expect(exact.findIndex((value, i) => !(Math.abs(out[i] - value) <= k * unit * sizes[i]))).toBe(-1)
      }),
    )
  })

  it('rounds once: if a sum cancels a product, its rounding error is left', () => {
    const x = 1 + 2 ** -12
    const out = new Float32Array(1)
    const [a, b] = [Float32Array.of(-1, x), Float32Array.of(Math.fround(x * x), x)]
    fma().matmul(a, b, out, { m: 1, k: 2, n: 1 }, { a: false, b: false })
    expect(out[0]).toBe(2 ** -24)
  })

  it('throws if the engine lacks relaxed SIMD', () => {
    vi.spyOn(WebAssembly, 'validate').mockReturnValue(false)
    expect(() => fma()).toThrow(/lacks relaxed SIMD/)
  })
})
