import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyTensor, elementsBy } from '../arbitrary.testing.ts'
import { ones, pad, tensor, zeros } from '../index.ts'

describe('pad', () => {
  it('surrounds a matrix with zeros', () => {
    expect(pad(tensor([[1, 2]]), [1, [0, 2]]).toArray()).toEqual([
      [0, 0, 0, 0],
      [1, 2, 0, 0],
      [0, 0, 0, 0],
    ])
  })

  it('gives images (N, C, H, W) a border of one pixel', () => {
    const padded = pad(ones([2, 1, 3, 3]), [0, 0, 1, 1])
    expect(padded.shape).toEqual([2, 1, 5, 5])
    expect([padded.at(1, 0, 0, 0), padded.at(1, 0, 1, 1)]).toEqual([0, 1])
  })

  it('takes another value, rounded to the dtype', () => {
    expect(pad(tensor([1]), [1], { value: -Infinity }).toArray()).toEqual([-Infinity, 1, -Infinity])
    expect(pad(tensor([1], { dtype: 'float32' }), [[1, 0]], { value: 0.1 }).at(0)).toBe(Math.fround(0.1))
  })

  it('pads empty axes and scalars', () => {
    expect(pad(zeros([0]), [2], { value: 5 }).toArray()).toEqual([5, 5, 5, 5])
    expect(pad(tensor(3), []).toArray()).toBe(3)
  })

  it('agrees with a loop over all indices, for any widths and both dtypes', () => {
    const width = fc.tuple(fc.nat(2), fc.nat(2))
    fc.assert(
      fc.property(anyTensor, fc.tuple(width, width, width, width), fc.boolean(), (x, drawn, isSame) => {
        const before = x.clone()
        const widths = x.shape.map((_, axis) => (isSame ? drawn[axis][0] : drawn[axis]))
        const starts = x.shape.map((_, axis) => drawn[axis][0])
        const padded = pad(x, widths, { value: 7 })
        expect(padded.shape).toEqual(x.shape.map((n, axis) => n + starts[axis] + drawn[axis][isSame ? 0 : 1]))
        expect(padded.dtype).toBe(x.dtype)
        expect([...padded.data]).toEqual(
          elementsBy(padded, (index) => {
            const inside = index.map((i, axis) => i - starts[axis])
            return inside.every((i, axis) => i >= 0 && i < x.shape[axis]) ? x.at(...inside) : 7
          }),
        )
        expect(x).toEqual(before)
      }),
    )
  })

  it('writes into out, which must not be x', () => {
    const out = ones([3])
    expect(pad(tensor([2]), [1], { out })).toBe(out)
    expect(out.toArray()).toEqual([0, 2, 0])
    const x = ones([2])
    expect(() => pad(x, [0], { out: x })).toThrow('pad: out must not share its elements with an operand')
    expect(() => pad(x, [1], { out })).toThrow('pad: out has shape (3), but the result has (4)')
  })

  it('throws unless there is a width of at least 0 for each axis', () => {
    const message = 'give one for each axis, an integer of at least 0 or a pair [before, after] of them'
    expect(() => pad(ones([2, 3]), [1])).toThrow(`pad: widths [1] do not fit shape (2, 3): ${message}`)
    expect(() => pad(ones([2]), [-1])).toThrow(`pad: widths [-1] do not fit shape (2): ${message}`)
    expect(() => pad(ones([2]), [[0, 0.5]])).toThrow(RangeError)
    expect(() => pad(ones([2]), [[1] as never])).toThrow(RangeError)
  })
})
