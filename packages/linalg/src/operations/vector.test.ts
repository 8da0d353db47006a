import { describe, expect, it } from 'vitest'
import { allClose, axpy, dot, norm, tensor, zeros } from '../index.ts'

const x = zeros([3, 2])

describe('axpy', () => {
  it('adds a multiple in place', () => {
    const y = tensor([1, 1])
    axpy(-0.5, tensor([2, 4]), y)
    expect(y.toArray()).toEqual([0, -1])
  })

  it('throws for different shapes', () => {
    expect(() => axpy(1, x, tensor([1, 1]))).toThrow('axpy: shapes (3, 2) and (2) must be equal')
  })
})

describe('dot', () => {
  it('sums the products of all elements', () => {
    expect(dot(tensor([1, 2]), tensor([3, 4]))).toBe(11)
  })

  it('throws for mixed dtypes', () => {
    expect(() => dot(x, x.astype('float32'))).toThrow(TypeError)
  })
})

describe('norm', () => {
  it('neither overflows nor underflows', () => {
    expect(norm(tensor([3, 4]))).toBe(5)
    expect(norm(tensor([3e200, 4e200])) / 5e200).toBeCloseTo(1, 15)
    expect(norm(tensor([3e-200, 4e-200])) / 5e-200).toBeCloseTo(1, 15)
  })

  it('is 0 for zeros, infinite with an infinity, NaN with NaN', () => {
    expect([norm(zeros([2])), norm(tensor([Infinity, 1]))]).toEqual([0, Infinity])
    expect(norm(tensor([Number.NaN, 1]))).toBeNaN()
  })
})

describe('allClose', () => {
  it('follows NumPy: NaN is close to nothing, an infinity only to itself', () => {
    expect(allClose(tensor([1, Infinity]), tensor([1 + 1e-9, Infinity]))).toBe(true)
    expect(allClose(tensor([1]), tensor([1.1]))).toBe(false)
    expect(allClose(tensor([1]), tensor([Infinity]))).toBe(false)
    expect(allClose(tensor([Number.NaN]), tensor([Number.NaN]))).toBe(false)
    expect(allClose(tensor([1]), tensor([1.1]), { rtol: 0.2 })).toBe(true)
  })

  it('throws for different shapes', () => {
    expect(() => allClose(tensor([1]), tensor([1, 2]))).toThrow(RangeError)
  })
})
