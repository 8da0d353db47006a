import { compress, createRng, matmul, randomNormal, sum, type Tensor, tensor } from '@gosa/linalg'
import { describe, expect, it } from 'vitest'
import { numericalGradient } from '../index.ts'

/** The book's function of section 4.4: f(x₀, x₁) = x₀² + x₁². */
const squares = (x: Tensor): number => [...x.data].reduce((total, value) => total + value ** 2, 0)

describe('numericalGradient', () => {
  it('returns (6, 8), (0, 4) and (6, 0) at the points of the book, section 4.4', () => {
    for (const [at, gradient] of [
      [
        [3, 4],
        [6, 8],
      ],
      [
        [0, 2],
        [0, 4],
      ],
      [
        [3, 0],
        [6, 0],
      ],
    ]) {
      const { data } = numericalGradient(squares, tensor(at))
      for (const i of [0, 1]) expect(data[i]).toBeCloseTo(gradient[i], 9)
    }
  })

  it('accepts a function that ignores its argument and closes over the tensor', () => {
    const W = tensor([
      [1, 2],
      [3, 4],
    ])
    const gradient = numericalGradient(() => W.at(0, 1) * W.at(1, 0), W)
    expect(gradient.shape).toEqual([2, 2])
    for (const [i, expected] of [0, 3, 2, 0].entries()) expect(gradient.data[i]).toBeCloseTo(expected, 9)
  })

  it('returns exactly the numbers of the book with its step h = 1e-4', () => {
    const f = (x: Tensor) => Math.exp(x.at(0))
    const h = 1e-4
    const [up, down] = [0.7 + h, 0.7 - h]
    expect(numericalGradient(f, tensor([0.7]), { h }).at(0)).toBe(
      (Math.exp(up) - Math.exp(down)) / (up - 0.7 - (down - 0.7)),
    )
  })

  it('restores x bit for bit, negative zeros included, also if f throws', () => {
    const x = tensor([0.1, -0, 1e-300, 1e300])
    const before = new Uint8Array(x.data.slice().buffer)
    numericalGradient(squares, x)
    expect(new Uint8Array(x.data.buffer)).toEqual(before)
    let calls = 0
    const failing = () => {
      if (++calls === 3) throw new Error('no more')
      return 0
    }
    expect(() => numericalGradient(failing, x)).toThrow('no more')
    expect(new Uint8Array(x.data.buffer)).toEqual(before)
  })

  it('keeps NaN and infinities that are multiplied by the zeros of a compressed matrix', () => {
    const images = compress(tensor([[0, 0, 2]]))
    const gradient = (x: Tensor, h?: number) =>
      numericalGradient((x) => sum(matmul(images, x)), x, { h }).data
    expect([...gradient(tensor([[5], [6], [7]]))].map(Math.round)).toEqual([0, 0, 2])
    expect([...gradient(tensor([[5], [Infinity], [7]]))].every(Number.isNaN)).toBe(true)
    // 1e308 and this step make infinity, times 0 NaN.
    expect(gradient(tensor([[1e308], [6], [7]]), 1e308)[0]).toBeNaN()
  })

  it('chooses the step by the magnitude of the entry, so that 1e9 and 1e-3 are as precise as 1', () => {
    const cube = (x: Tensor) => x.at(0) ** 3
    for (const at of [1e9, 1, 1e-3]) {
      const gradient = numericalGradient(cube, tensor([at])).at(0)
      expect(Math.abs(gradient - 3 * at ** 2)).toBeLessThan(1e-9 * Math.max(1, 3 * at ** 2))
    }
  })

  it('returns float32 for float32, right to a few digits', () => {
    const gradient = numericalGradient(squares, tensor([3, 4], { dtype: 'float32' }))
    expect(gradient.dtype).toBe('float32')
    expect(gradient.at(0)).toBeCloseTo(6, 2)
  })

  it('is more precise with five points than with two, and most precise with richardson', () => {
    const x = randomNormal([20], { rng: createRng(1) })
    const f = (v: Tensor) => [...v.data].reduce((total, value) => total + Math.sin(3 * value), 0)
    const worst = (method: 'central' | 'five-point' | 'richardson') => {
      const gradient = numericalGradient(f, x, { method })
      return Math.max(...gradient.data.map((g, i) => Math.abs(g - 3 * Math.cos(3 * x.data[i]))))
    }
    const [central, fivePoint, richardson] = [worst('central'), worst('five-point'), worst('richardson')]
    expect(central).toBeLessThan(1e-8)
    expect(fivePoint).toBeLessThan(central)
    expect(richardson).toBeLessThan(fivePoint)
  })

  it('returns the gradients of a scalar and of an empty tensor in their shapes', () => {
    expect(numericalGradient((x) => x.at() ** 2, tensor(3)).shape).toEqual([])
    expect(numericalGradient(() => 1, tensor([])).shape).toEqual([0])
  })

  it('throws for integer arrays, for which the book returns [25000, 35000] instead of [6, 8]', () => {
    expect(() => numericalGradient(() => 0, Int32Array.of(3, 4) as never)).toThrow(/tensor\(…\)/)
    expect(numericalGradient(squares, tensor(Int32Array.of(3, 4))).at(0)).toBeCloseTo(6, 9)
  })

  it('throws for a compressed matrix, an invalid step and a method that does not exist', () => {
    const compressed = compress(tensor([[0, 0, 2]]))
    expect(() => numericalGradient(squares, compressed)).toThrow('pass x.clone()')
    expect(numericalGradient(squares, compressed.clone()).at(0, 2)).toBeCloseTo(4, 9)
    for (const h of [0, -1, Number.NaN, Infinity]) {
      expect(() => numericalGradient(squares, tensor([1]), { h })).toThrow(RangeError)
    }
    expect(() => numericalGradient(squares, tensor([1]), { method: 'forward' as never })).toThrow(
      "use 'central', 'five-point' or 'richardson'",
    )
  })

  it('takes a step in proportion to x, which may be too large for f: then h helps', () => {
    const x = tensor([1e6])
    const sine = () => Math.sin(x.data[0])
    expect(Math.abs(numericalGradient(sine, x).data[0] - Math.cos(1e6))).toBeGreaterThan(0.1)
    expect(numericalGradient(sine, x, { h: 1e-3 }).data[0]).toBeCloseTo(Math.cos(1e6), 5)
  })
})
