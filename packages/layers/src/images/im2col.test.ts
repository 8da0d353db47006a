import { arange, createRng, dot, ones, randomNormal, tensor, zeros } from '@gosa/linalg'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { col2im, im2col } from '../index.ts'

/** Random images and a window that fits on them. */
const cases = fc
  .record({
    N: fc.integer({ min: 1, max: 3 }),
    C: fc.integer({ min: 1, max: 3 }),
    kernel: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })),
    stride: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })),
    pad: fc.tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 2 })),
    more: fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 4 })),
  })
  .map(({ N, C, kernel, stride, pad, more }) => ({
    shape: [N, C, ...kernel.map((length, axis) => Math.max(1, length - 2 * pad[axis]) + more[axis])],
    window: { kernel, stride, pad },
  }))

describe('im2col', () => {
  it('makes a row of each window: the picture in its documentation', () => {
    const image = arange(1, 10).reshape([1, 1, 3, 3])
    expect(im2col(image, { kernel: 2 }).toArray()).toEqual([
      [1, 2, 4, 5],
      [2, 3, 5, 6],
      [4, 5, 7, 8],
      [5, 6, 8, 9],
    ])
  })

  it('has the shapes of the book’s example: 90 windows of 75 pixels on ten images (3, 7, 7)', () => {
    expect(im2col(zeros([1, 3, 7, 7]), { kernel: 5, stride: 1, pad: 0 }).shape).toEqual([9, 75])
    expect(im2col(zeros([10, 3, 7, 7]), { kernel: 5, stride: 1, pad: 0 }).shape).toEqual([90, 75])
  })

  it('puts channels one after the other in a row, and zeros where the window covers the border', () => {
    const x = tensor([[[[1, 2]], [[3, 4]]]])
    expect(im2col(x, { kernel: [1, 2], stride: [1, 2], pad: [0, 1] }).toArray()).toEqual([
      [0, 1, 0, 3],
      [2, 0, 4, 0],
    ])
  })

  it('keeps the dtype of the images (the book’s columns are always float64)', () => {
    expect(im2col(zeros([1, 1, 2, 2], { dtype: 'float32' }), { kernel: 2 }).dtype).toBe('float32')
  })

  it('throws for what is no batch of images, a window that does not fit, or an unknown option', () => {
    expect(() => im2col(zeros([3, 3]), { kernel: 2 })).toThrow(
      'im2col: x has shape (3, 3), but it takes images (N, C, H, W)',
    )
    expect(() => im2col(zeros([1, 1, 3, 4]), { kernel: [5, 2] })).toThrow(
      'im2col: input 3×4 with kernel 5×2, stride 1, pad 0: the window is larger than the padded input, 3×4; ' +
        'an input of at least 5×2, a kernel of at most 3×2, or pad 1 would fit',
    )
    expect(() => im2col(zeros([1, 1, 3, 4]), { kernel: 2, padding: 1 } as never)).toThrow(/padding/)
  })
})

describe('col2im', () => {
  it('adds where windows overlap: the picture in its documentation', () => {
    expect(col2im(ones([4, 4]), [1, 1, 3, 3], { kernel: 2 }).toArray()).toEqual([
      [
        [
          [1, 2, 1],
          [2, 4, 2],
          [1, 2, 1],
        ],
      ],
    ])
  })

  it('is the inverse of im2col only if each pixel is in exactly one window', () => {
    const x = randomNormal([2, 3, 4, 6], { rng: createRng(0) })
    const window = { kernel: [2, 3], stride: [2, 3] } as const
    expect(col2im(im2col(x, window), x.shape, window).toArray()).toEqual(x.toArray())
    const overlapping = { kernel: 2 }
    expect(col2im(im2col(x, overlapping), x.shape, overlapping).at(0, 0, 1, 1)).toBeCloseTo(
      4 * x.at(0, 0, 1, 1),
      12,
    )
  })

  it('is the transpose of im2col: ⟨im2col(x), c⟩ = ⟨x, col2im(c)⟩ for any x and c', () => {
    fc.assert(
      fc.property(cases, fc.integer({ min: 0 }), ({ shape, window }, seed) => {
        const rng = createRng(seed)
        const x = randomNormal(shape, { rng })
        const windows = im2col(x, window)
        const c = randomNormal(windows.shape, { rng })
        const left = dot(windows.reshape([windows.size]), c.reshape([c.size]))
        const right = dot(x.reshape([x.size]), col2im(c, shape, window).reshape([x.size]))
        expect(left).toBeCloseTo(right, 10)
      }),
    )
  })

  it('drops what lies in the border', () => {
    expect(col2im(ones([4, 4]), [1, 1, 1, 1], { kernel: 2, pad: 1 }).toArray()).toEqual([[[[4]]]])
  })

  it('throws for columns of another number or length', () => {
    expect(() => col2im(zeros([4, 5]), [1, 1, 3, 3], { kernel: 2 })).toThrow(
      'col2im: columns have shape (4, 5), but images (1, 1, 3, 3) have windows (4, 4)',
    )
  })
})
