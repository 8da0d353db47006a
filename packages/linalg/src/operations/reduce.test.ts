import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { argmax, full, max, mean, sum, tensor, zeros } from '../index.ts'

const x = tensor([
  [
    [1, 5],
    [2, 4],
  ],
  [
    [9, 0],
    [3, 3],
  ],
])

describe('sum, mean and max', () => {
  it('reduce all elements to a number', () => {
    expect([sum(x), mean(x), max(x)]).toEqual([27, 27 / 8, 9])
  })

  it('reduce one axis, counted from the front or the back', () => {
    expect(sum(x, { axis: 0 }).toArray()).toEqual([
      [10, 5],
      [5, 7],
    ])
    expect(max(x, { axis: 1 }).toArray()).toEqual([
      [2, 5],
      [9, 3],
    ])
    expect(mean(x, { axis: -1 }).toArray()).toEqual([
      [3, 3],
      [4.5, 3],
    ])
  })

  it('keep the axis with length 1 for keepDims', () => {
    expect(sum(x, { axis: -1, keepDims: true }).shape).toEqual([2, 2, 1])
  })

  it('sum float32 in float64 if the result is a number', () => {
    const y = tensor([1e8, 1, -1e8], { dtype: 'float32' })
    expect(sum(y)).toBe(1)
  })

  it('give equal numbers their own value as mean, whatever their number and dtype', () => {
    for (const dtype of ['float32', 'float64'] as const) {
      const value = fc.double({ noNaN: true, min: -1e30, max: 1e30 })
      fc.assert(
        fc.property(value, fc.integer({ min: 1, max: 200 }), (value, n) => {
          const x = full([n, 3], value, { dtype })
          const [rounded] = x.data
          expect(mean(x)).toBe(rounded)
          expect([...mean(x, { axis: 0 }).data]).toEqual([rounded, rounded, rounded])
          expect(mean(x.reshape([3, n]), { axis: 1 }).data[2]).toBe(rounded)
        }),
      )
    }
    expect(mean(full([49, 1], 1, { dtype: 'float64' }), { axis: 0 }).data[0]).toBe(1)
    expect(mean(tensor([1, 2, 4]), { axis: 0 }).data[0]).toBe(7 / 3)
  })

  it('return NaN if an element is NaN', () => {
    expect(max(tensor([1, Number.NaN, 2]))).toBeNaN()
    expect(sum(tensor([1, Number.NaN]))).toBeNaN()
  })

  it('return 0 for an empty sum, and throw for an empty mean and maximum', () => {
    expect(sum(zeros([0]))).toBe(0)
    expect(() => mean(zeros([0, 2]))).toThrow('mean: a tensor of shape (0, 2) has no elements')
    expect(() => max(zeros([0]))).toThrow(RangeError)
  })

  it('throw for an axis that does not exist', () => {
    expect(() => sum(x, { axis: 3 })).toThrow('axis 3 does not exist in a tensor of rank 3: use -3 to 2')
  })
})

describe('argmax', () => {
  it('returns the predicted class of each row', () => {
    const logits = tensor([
      [0.1, 0.8, 0.1],
      [0.9, 0.3, 0.2],
    ])
    expect(argmax(logits, { axis: 1 })).toEqual(new Int32Array([1, 0]))
  })

  it('works along any axis and over all elements', () => {
    expect(argmax(x)).toBe(4)
    expect(argmax(x, { axis: 0 })).toEqual(new Int32Array([1, 0, 1, 0]))
    expect(argmax(x, { axis: 1 })).toEqual(new Int32Array([1, 0, 0, 1]))
  })

  it('returns the first of equal elements, and counts NaN as the largest', () => {
    expect(argmax(tensor([2, 3, 3]))).toBe(1)
    expect(argmax(tensor([2, Number.NaN, 3]))).toBe(1)
    expect(argmax(tensor([Number.NaN, 1]))).toBe(0)
  })

  it('throws if there are no elements', () => {
    expect(() => argmax(zeros([0]))).toThrow(RangeError)
  })
})
