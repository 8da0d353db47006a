import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyTensor, elementsBy } from '../arbitrary.testing.ts'
import {
  abs,
  clip,
  exp,
  log,
  map,
  negate,
  relu,
  sigmoid,
  sqrt,
  square,
  type Tensor,
  tanh,
  tensor,
  zeros,
} from '../index.ts'

const valuesOf = (f: (x: Tensor) => Tensor, ...values: number[]) => [...f(tensor(values)).data]

describe('functions of one tensor', () => {
  it('apply to each element', () => {
    expect(valuesOf(exp, 0, 1)).toEqual([1, Math.E])
    expect(valuesOf(log, 1, 0, -1)).toEqual([0, -Infinity, Number.NaN])
    expect(valuesOf(sqrt, 4, 9)).toEqual([2, 3])
    expect(valuesOf(abs, -2, 3)).toEqual([2, 3])
    expect(valuesOf(negate, 2, -3)).toEqual([-2, 3])
    expect(valuesOf(square, 3, -4)).toEqual([9, 16])
    expect(valuesOf(tanh, 0, 1)).toEqual([0, Math.tanh(1)])
  })

  it('write into out, which may be the operand, and do not change the operand otherwise', () => {
    const x = tensor([-1, 2])
    relu(x)
    expect(x.toArray()).toEqual([-1, 2])
    expect(relu(x, { out: x })).toBe(x)
    expect(x.toArray()).toEqual([0, 2])
  })
})

describe('relu', () => {
  it('keeps NaN, so that it is seen in the layer that produced it', () => {
    expect(valuesOf(relu, -1, 0, 2, Number.NaN)).toEqual([0, 0, 2, Number.NaN])
  })
})

describe('sigmoid', () => {
  it('overflows at neither end and is symmetric', () => {
    expect(valuesOf(sigmoid, -1000, 0, 1000)).toEqual([0, 0.5, 1])
    const [low, high] = valuesOf(sigmoid, -3, 3)
    expect(low + high).toBeCloseTo(1, 15)
    expect(valuesOf(sigmoid, -700)[0]).toBeGreaterThan(0)
  })
})

describe('map', () => {
  it('applies a function to each value and its position', () => {
    expect(map(tensor([1, 2]), (value, i) => value * 10 + i).toArray()).toEqual([10, 21])
  })
})

describe('clip', () => {
  it('replaces values outside of the interval by its ends', () => {
    expect(clip(tensor([-5, 0.5, 5]), -1, 1).toArray()).toEqual([-1, 0.5, 1])
  })

  it('keeps NaN, and replaces infinities', () => {
    expect(clip(tensor([Number.NaN, Infinity, -Infinity]), -1, 1).toArray()).toEqual([Number.NaN, 1, -1])
  })

  it('takes infinite ends, and equal ones', () => {
    expect(clip(tensor([-5, 5]), 0, Infinity).toArray()).toEqual([0, 5])
    expect(clip(tensor([-5, 5]), 2, 2).toArray()).toEqual([2, 2])
  })

  it('agrees with a loop over all indices, for both dtypes and empty axes', () => {
    fc.assert(
      fc.property(anyTensor, (x) => {
        const before = x.clone()
        const clipped = clip(x, -0.1, 0.7)
        expect(clipped.shape).toEqual(x.shape)
        expect(clipped.dtype).toBe(x.dtype)
        expect([...clipped.data]).toEqual(
          elementsBy(clipped, (index) => [-0.1, x.at(...index), 0.7].sort((a, b) => a - b)[1]),
        )
        expect(x).toEqual(before)
      }),
    )
  })

  it('writes into out, which may be x', () => {
    const x = tensor([1, 9])
    expect(clip(x, 0, 5, { out: x })).toBe(x)
    expect(x.toArray()).toEqual([1, 5])
    expect(() => clip(x, 0, 5, { out: zeros([3]) })).toThrow(
      'clip: out has shape (3), but the result has (2)',
    )
  })

  it('throws if the ends are in the wrong order or NaN', () => {
    expect(() => clip(zeros([1]), 2, 1)).toThrow(
      'clip: min 2 must be a number, and not be greater than max 1',
    )
    expect(() => clip(zeros([1]), Number.NaN, 1)).toThrow(RangeError)
  })
})
