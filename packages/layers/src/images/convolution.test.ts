import { createRng, norm, randomNormal, tensor, zeros } from '@gosa/linalg'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Affine, Convolution } from '../index.ts'

const rng = createRng(1)
const small = (options?: object) => new Convolution(randomNormal([3, 2, 3, 2], { rng }), zeros([3]), options)

describe('Convolution', () => {
  it('slides its filter over the image without flipping it, as the book’s figure 7-4', () => {
    const layer = new Convolution(
      tensor([
        [
          [
            [2, 0, 1],
            [0, 1, 2],
            [1, 0, 2],
          ],
        ],
      ]),
      tensor([3]),
    )
    const image = tensor([
      [1, 2, 3, 0],
      [0, 1, 2, 3],
      [3, 0, 1, 2],
      [2, 3, 0, 1],
    ])
    expect(layer.forward(image.reshape([1, 1, 4, 4])).toArray()).toEqual([
      [
        [
          [18, 19],
          [9, 18],
        ],
      ],
    ])
  })

  it('with stride 2 and an image of 7×7 gives 3×3, as the book’s figure 7-7; with pad 1 and 4×4 it keeps the size', () => {
    const filter = () => new Convolution(zeros([1, 1, 3, 3]), zeros([1]), { stride: 2 })
    expect(filter().outputShape([1, 7, 7])).toEqual([1, 3, 3])
    expect(new Convolution(zeros([5, 2, 3, 3]), zeros([5]), { pad: 1 }).outputShape([2, 4, 4])).toEqual([
      5, 4, 4,
    ])
  })

  it('is an affine layer if the filter is as large as the image', () => {
    const [W, b, x] = [[4, 3, 2, 5], [4], [6, 3, 2, 5]].map((shape) => randomNormal(shape, { rng }))
    const convolution = new Convolution(W, b)
    const affine = new Affine(tensor(transposed(W.reshape([4, 30]).toArray() as number[][])), b)
    const [left, right] = [convolution.forward(x).reshape([6, 4]), affine.forward(x)]
    for (const [i, value] of left.data.entries()) expect(value).toBeCloseTo(right.data[i], 12)
    const dout = randomNormal([6, 4], { rng })
    const dx = convolution.backward(dout.reshape([6, 4, 1, 1]))
    for (const [i, value] of affine.backward(dout).data.entries()) expect(dx.data[i]).toBeCloseTo(value, 12)
  })

  it('answers which size goes into the Affine layer after it, for any size that fits', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 0, max: 2 }),
        (length, stride, pad) => {
          const layer = new Convolution(zeros([2, 1, 1, 1]), zeros([2]), { stride, pad })
          const y = layer.forward(zeros([1, 1, length, length + 1]))
          expect(layer.outputShape([1, length, length + 1])).toEqual(y.shape.slice(1))
        },
      ),
    )
  })

  it('leaves out dx if it is not needed', () => {
    const layer = small()
    const y = layer.forward(zeros([2, 2, 4, 4]))
    expect(layer.backward(y, { inputGradient: false })).toBeUndefined()
    expect(layer.dW.shape).toEqual([3, 2, 3, 2])
  })

  it('replaces gradients instead of adding to them, and does not change earlier ones', () => {
    const layer = small()
    const dout = layer.forward(randomNormal([2, 2, 4, 4], { rng }))
    layer.backward(dout)
    const [first, copy] = [layer.dW, layer.dW.clone()]
    layer.backward(dout)
    expect(layer.dW.data).toEqual(copy.data)
    layer.backward(zeros(dout.shape))
    expect(first.data).toEqual(copy.data)
  })

  it('changes neither x nor dout, and gives an image the same result as within a batch', () => {
    const layer = small({ pad: 1 })
    const x = randomNormal([3, 2, 4, 5], { rng })
    const y = layer.forward(x)
    const [xBefore, yBefore] = [x.clone(), y.clone()]
    layer.backward(y)
    expect([x.data, y.data]).toEqual([xBefore.data, yBefore.data])
    expect(layer.forward(x.rows(1, 2)).data).toEqual(y.row(1).data)
  })

  it('takes batches of another size after another, and float32', () => {
    const layer = small().astype('float32')
    const x = randomNormal([3, 2, 6, 5], { rng, dtype: 'float32' })
    for (const end of [3, 1, 2]) expect(layer.forward(x.rows(0, end)).shape).toEqual([end, 3, 4, 4])
    expect(layer.forward(zeros([1, 2, 3, 9], { dtype: 'float32' })).shape).toEqual([1, 3, 1, 8])
    expect(layer.backward(zeros([1, 3, 1, 8], { dtype: 'float32' })).dtype).toBe('float32')
  })

  it('takes a batch without images', () => {
    const layer = small()
    expect(layer.forward(zeros([0, 2, 4, 4])).shape).toEqual([0, 3, 2, 3])
    expect(layer.backward(zeros([0, 3, 2, 3])).shape).toEqual([0, 2, 4, 4])
    expect(layer.dW.data.every((value) => value === 0)).toBe(true)
  })

  it('init draws filters with the standard deviation for channels × kernel inputs', () => {
    const options = { channels: 16, filters: 50, kernel: [3, 4], rng, dtype: 'float64' } as const
    const { W, b } = Convolution.init(options)
    expect(W.shape).toEqual([50, 16, 3, 4])
    const std = norm(W) / Math.sqrt(W.size)
    expect(std).toBeCloseTo(Math.sqrt(2 / 192), 2)
    expect(b.data).toEqual(new Float64Array(50))
    expect(Convolution.init({ ...options, init: 0.01, stride: 2, pad: [1, 0] }).options).toEqual({
      stride: 2,
      pad: [1, 0],
    })
  })

  it.each<[string, () => unknown]>([
    [
      'Convolution: input 3×3 with kernel 5×5, stride 1, pad 0: the window is larger than the padded input, 3×3; an input of at least 5×5, a kernel of at most 3×3, or pad 1 would fit',
      () => new Convolution(zeros([1, 1, 5, 5]), zeros([1])).outputShape([1, 3, 3]),
    ],
    [
      'Convolution: one sample has shape (3, 8, 8), that is 3 channels, but W takes 2: (2, H, W)',
      () => small().outputShape([3, 8, 8]),
    ],
    [
      'Convolution: one sample has shape (784), but it takes an image (2, H, W): give the network the inputShape of an image, such as [1, 28, 28]',
      () => small().outputShape([784]),
    ],
    [
      'Convolution: x has shape (2, 8, 8), but it takes images (N, 2, H, W)',
      () => small().forward(zeros([2, 8, 8])),
    ],
    [
      'Convolution: W (3, 2) must hold filters (F, C, FH, FW) and b (3) a number for each (F)',
      () => new Convolution(zeros([3, 2]), zeros([3])),
    ],
    [
      'Convolution: W (3, 2, 1, 1) must hold filters (F, C, FH, FW) and b (2) a number for each (F)',
      () => new Convolution(zeros([3, 2, 1, 1]), zeros([2])),
    ],
    [
      'Convolution: stride must be an integer of at least 1, or [vertical, horizontal], not 0',
      () => small({ stride: 0 }),
    ],
    [
      'Convolution: pad must be an integer of at least 0, or [vertical, horizontal], not [1,-1]',
      () => small({ pad: [1, -1] }),
    ],
    ['Convolution: there is no option strides; did you mean stride?', () => small({ strides: 2 })],
    ['Convolution: backward called before forward', () => small().backward(zeros([1]))],
    ['Convolution: dW read before backward', () => small().dW],
    [
      'Convolution.init: channels must be an integer of at least 1, not 0',
      () => Convolution.init({ channels: 0, filters: 1, kernel: 1, rng }),
    ],
  ])('throws: %s', (message, act) => {
    expect(act).toThrow(message)
  })

  it('throws for a dout of another shape or dtype', () => {
    const layer = small()
    layer.forward(zeros([1, 2, 4, 4]))
    expect(() => layer.backward(zeros([1, 3, 2, 2]))).toThrow(
      'Convolution: dout has shape (1, 3, 2, 2), but the output had (1, 3, 2, 3)',
    )
    expect(() => layer.backward(zeros([1, 3, 2, 3], { dtype: 'float32' }))).toThrow(/astype/)
    expect(() => new Convolution(zeros([1, 1, 1, 1]), zeros([1], { dtype: 'float32' }))).toThrow(/astype/)
  })
})

const transposed = (rows: number[][]): number[][] => rows[0].map((_, i) => rows.map((row) => row[i]))
