import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyTensor, indicesOf } from '../arbitrary.testing.ts'
import { argsort, map, negate, type Tensor, tensor, zeros } from '../index.ts'

describe('argsort', () => {
  it('returns the indices in ascending order of the elements', () => {
    expect(argsort(tensor([3, 1, 2]))).toEqual(Int32Array.of(1, 2, 0))
    expect(argsort(negate(tensor([3, 1, 2])))).toEqual(Int32Array.of(0, 2, 1))
  })

  it('sorts each row along the last axis, each column along the first', () => {
    const logits = tensor([
      [0.5, 0.2, 0.3],
      [0.1, 0.9, 0],
    ])
    expect(argsort(logits, { axis: -1 })).toEqual(Int32Array.of(1, 2, 0, 2, 0, 1))
    expect(argsort(logits, { axis: 0 })).toEqual(Int32Array.of(1, 0, 1, 0, 1, 0))
  })

  it('sorts all elements by their position in row-major order without an axis', () => {
    const x = tensor([
      [4, 1],
      [3, 2],
    ])
    expect(argsort(x)).toEqual(Int32Array.of(1, 3, 2, 0))
  })

  it('keeps the order of equal elements, 0 and −0 among them', () => {
    expect(argsort(tensor([1, 0, 1, -0, 0]))).toEqual(Int32Array.of(1, 3, 4, 0, 2))
  })

  it('puts NaN last, after infinity, as NumPy does', () => {
    const x = tensor([Number.NaN, Infinity, Number.NaN, -Infinity, 0])
    expect(argsort(x)).toEqual(Int32Array.of(3, 4, 1, 0, 2))
  })

  it('returns nothing for empty axes, and 0 for a scalar', () => {
    expect(argsort(zeros([0]))).toEqual(new Int32Array(0))
    expect(argsort(zeros([2, 0]), { axis: 0 })).toEqual(new Int32Array(0))
    expect(argsort(zeros([0, 2]), { axis: 0 })).toEqual(new Int32Array(0))
    expect(argsort(tensor(7))).toEqual(Int32Array.of(0))
  })

  it('agrees with a stable sort of each line, along every axis and for both dtypes', () => {
    fc.assert(
      fc.property(anyTensor, fc.nat(3), fc.boolean(), (drawn, axis, fromBack) => {
        fc.pre(axis < drawn.rank)
        // Few values, so that many are equal.
        const x = map(drawn, (value) => (Math.abs(value) > 1.5 ? Number.NaN : Math.round(value)))
        const before = x.clone()
        const got = argsort(x, { axis: fromBack ? axis - x.rank : axis })
        expect(Array.from(got)).toEqual(
          indicesOf(x.shape).map((index) => lineOrder(x, axis, index)[index[axis]]),
        )
        expect(x).toEqual(before)
      }),
    )
  })

  it('throws for an axis that does not exist', () => {
    expect(() => argsort(zeros([2]), { axis: 1 })).toThrow(
      'argsort: axis 1 does not exist in a tensor of rank 1: use -1 to 0',
    )
  })
})

/** The order of the line through an index along an axis, by insertion: stable by construction. */
function lineOrder(x: Tensor, axis: number, index: number[]): number[] {
  const at = (l: number) => x.at(...index.map((n, i) => (i === axis ? l : n)))
  const isBefore = (a: number, b: number) => a < b || (Number.isNaN(b) && !Number.isNaN(a))
  const order: number[] = []
  for (let l = 0; l < x.shape[axis]; l++) {
    const position = order.findIndex((other) => isBefore(at(l), at(other)))
    order.splice(position < 0 ? order.length : position, 0, l)
  }
  return order
}
