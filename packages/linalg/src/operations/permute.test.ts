import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyTensor, elementsBy } from '../arbitrary.testing.ts'
import { arange, permute, tensor, transpose, Workspace, zeros } from '../index.ts'

const x = tensor([
  [1, 2],
  [3, 4],
  [5, 6],
])

describe('transpose', () => {
  it('swaps rows and columns', () => {
    expect(transpose(x).toArray()).toEqual([
      [1, 3, 5],
      [2, 4, 6],
    ])
  })

  it('reverses all axes, also with an empty one', () => {
    expect(transpose(zeros([0, 2])).shape).toEqual([2, 0])
    expect(transpose(zeros([2, 3, 4])).shape).toEqual([4, 3, 2])
    expect(transpose(tensor(3)).toArray()).toBe(3)
  })

  it('undoes itself, over random shapes', () => {
    fc.assert(
      fc.property(anyTensor, (y) => {
        expect(transpose(transpose(y))).toEqual(y)
      }),
    )
  })

  it('writes into out, which must not be x', () => {
    const out = zeros([2, 3])
    expect(transpose(x, { out })).toBe(out)
    expect(out.at(1, 2)).toBe(6)
    const square = zeros([2, 2])
    expect(() => transpose(square, { out: square })).toThrow(
      'transpose: out must not share its elements with an operand',
    )
  })

  it('throws in a workspace if its result is the buffer that it reads', () => {
    const workspace = new Workspace()
    const before = workspace.run(() => transpose(zeros([2, 2])))
    expect(() => workspace.run(() => transpose(before))).toThrow(/must not share/)
  })
})

describe('permute', () => {
  it('turns images (N, H, W, C) into (N, C, H, W)', () => {
    const images = arange(12).reshape([1, 2, 2, 3])
    const permuted = permute(images, [0, 3, 1, 2])
    expect(permuted.shape).toEqual([1, 3, 2, 2])
    expect([...permuted.data]).toEqual([0, 3, 6, 9, 1, 4, 7, 10, 2, 5, 8, 11])
  })

  it('agrees with a loop over all indices, for any order of axes, both dtypes and empty axes', () => {
    fc.assert(
      fc.property(anyTensor, fc.nat(1000), (y, seed) => {
        const before = y.clone()
        const axes = y.shape.map((_, i) => i).sort((i, j) => ((seed * (i + 3)) % 7) - ((seed * (j + 3)) % 7))
        const permuted = permute(y, axes)
        expect(permuted.shape).toEqual(axes.map((axis) => y.shape[axis]))
        expect(permuted.dtype).toBe(y.dtype)
        expect([...permuted.data]).toEqual(
          elementsBy(permuted, (index) => y.at(...y.shape.map((_, axis) => index[axes.indexOf(axis)]))),
        )
        expect(
          permute(
            y,
            axes.map((axis) => axis - y.rank),
          ),
        ).toEqual(permuted)
        expect(y).toEqual(before)
      }),
    )
  })

  it('writes into out', () => {
    const out = zeros([2, 3])
    expect(permute(x, [1, 0], { out })).toBe(out)
    expect(out).toEqual(transpose(x))
  })

  it('throws unless every axis is named once', () => {
    expect(() => permute(x, [0, 0])).toThrow('permute: axes (0, 0) must name each axis of shape (3, 2) once')
    expect(() => permute(x, [0, -2])).toThrow(
      'permute: axes (0, -2) must name each axis of shape (3, 2) once',
    )
    expect(() => permute(x, [0])).toThrow('permute: axes (0) must name each axis of shape (3, 2) once')
    expect(() => permute(x, [0, 2])).toThrow(
      'permute: axis 2 does not exist in a tensor of rank 2: use -2 to 1',
    )
  })
})
