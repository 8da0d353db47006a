import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyTensor, elementsBy } from '../arbitrary.testing.ts'
import { arange, compress, type SliceRange, slice, tensor, zeros } from '../index.ts'

const x = arange(12).reshape([3, 4])

describe('slice', () => {
  it('takes columns', () => {
    expect(slice(x, [null, [1, 3]]).toArray()).toEqual([
      [1, 2],
      [5, 6],
      [9, 10],
    ])
  })

  it('takes one column as a vector, and one element as a scalar', () => {
    expect(slice(x, [null, 2]).toArray()).toEqual([2, 6, 10])
    expect(slice(x, [null, -1]).toArray()).toEqual([3, 7, 11])
    expect(slice(x, [1, 2]).toArray()).toBe(6)
  })

  it('counts negative indices from the end, and takes the rest of an axis without an end', () => {
    expect(slice(x, [[-2]])).toEqual(x.rows(1, 3))
    expect(slice(x, [[0, -1], [-3]]).toArray()).toEqual([
      [1, 2, 3],
      [5, 6, 7],
    ])
  })

  it('takes all of the axes that have no range', () => {
    expect(slice(x, [])).toEqual(x)
    expect(slice(x, [[1, 2]]).toArray()).toEqual([[4, 5, 6, 7]])
    expect(slice(tensor(5), []).toArray()).toBe(5)
  })

  it('takes empty ranges, also of empty axes', () => {
    expect(slice(x, [[1, 1]]).shape).toEqual([0, 4])
    expect(slice(x, [null, [4]]).shape).toEqual([3, 0])
    expect(slice(zeros([2, 0]), [[0, 1], [0]]).shape).toEqual([1, 0])
  })

  it('agrees with a loop over all indices, for any ranges and both dtypes', () => {
    const range = fc.tuple(fc.nat(4), fc.nat(4), fc.constantFrom('all', 'index', 'range', 'from the back'))
    fc.assert(
      fc.property(anyTensor, fc.array(range, { maxLength: 4 }), (y, drawn) => {
        const before = y.clone()
        const bounds = y.shape.map((length, axis) => {
          const [p = 0, q = length, kind = 'all'] = drawn[axis] ?? []
          if (kind === 'all' || (kind === 'index' && length === 0))
            return { start: 0, end: length, kind: 'all' }
          if (kind === 'index') return { start: p % length, end: (p % length) + 1, kind }
          const [i, j] = [Math.min(p, length), Math.min(q, length)]
          return { start: Math.min(i, j), end: Math.max(i, j), kind }
        })
        const ranges = bounds.map(({ start, end, kind }, axis): SliceRange => {
          if (kind === 'all') return null
          if (kind === 'index') return start
          const back = (i: number) => (kind === 'range' || i === y.shape[axis] ? i : i - y.shape[axis])
          return [back(start), back(end)]
        })
        const part = slice(y, ranges)
        const kept = bounds.map(({ kind }, axis) => ({ kind, axis })).filter(({ kind }) => kind !== 'index')
        expect(part.shape).toEqual(kept.map(({ axis }) => bounds[axis].end - bounds[axis].start))
        expect(part.dtype).toBe(y.dtype)
        expect([...part.data]).toEqual(
          elementsBy(part, (index) => {
            const inPart = (axis: number) => index[kept.findIndex((one) => one.axis === axis)] ?? 0
            return y.at(...bounds.map(({ start }, axis) => start + inPart(axis)))
          }),
        )
        expect(y).toEqual(before)
      }),
    )
  })

  it('returns a copy, which shares no elements with x', () => {
    const y = zeros([2, 2])
    slice(y, [[0, 1]]).data.fill(7)
    expect(y).toEqual(zeros([2, 2]))
  })

  it('reads compressed matrices', () => {
    const sparse = tensor([
      [0, 0, 3],
      [0, 0, 0],
    ])
    expect(slice(compress(sparse), [null, [1]]).toArray()).toEqual([
      [0, 3],
      [0, 0],
    ])
  })

  it('writes into out, which must not be a part of x', () => {
    const out = zeros([3, 2])
    expect(slice(x, [null, [0, 2]], { out })).toBe(out)
    expect(out.at(2, 1)).toBe(9)
    expect(() => slice(x, [[0, 2]], { out: x.rows(1, 3) })).toThrow(
      'slice: out must not share its elements with an operand',
    )
  })

  it('throws for ranges outside of their axis, which it does not clip', () => {
    expect(() => slice(x, [null, [1, 5]])).toThrow(
      'slice: range 1 to 5 does not fit axis 1 of shape (3, 4): use -4 to 4, the start not after the end',
    )
    expect(() => slice(x, [[-4]])).toThrow('slice: range -4 to 3 does not fit axis 0 of shape (3, 4)')
    expect(() => slice(x, [[2, 1]])).toThrow(RangeError)
    expect(() => slice(x, [[0.5]])).toThrow(RangeError)
    expect(() => slice(x, [3])).toThrow('slice: index 3 lies outside of axis 0 of shape (3, 4)')
    expect(() => slice(x, [null, null, null])).toThrow('slice: 3 ranges given for the axes of shape (3, 4)')
  })
})
