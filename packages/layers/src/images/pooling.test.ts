import { createRng, randomNormal, tensor, zeros } from '@gosa/linalg'
import { describe, expect, it } from 'vitest'
import { AveragePooling, GlobalAveragePooling, type Layer, MaxPooling } from '../index.ts'

const image = (rows: number[][]) => tensor([[rows]])
const KINDS = [
  ['MaxPooling', MaxPooling],
  ['AveragePooling', AveragePooling],
] as const

describe('MaxPooling', () => {
  it('takes the largest of each 2×2, as the book’s figure 7-14', () => {
    const layer = new MaxPooling({ size: 2 })
    const x = image([
      [1, 2, 1, 0],
      [0, 1, 2, 3],
      [3, 0, 1, 2],
      [2, 4, 0, 1],
    ])
    expect(layer.forward(x).toArray()).toEqual([
      [
        [
          [2, 3],
          [4, 2],
        ],
      ],
    ])
    expect(
      layer
        .backward(
          image([
            [10, 20],
            [30, 40],
          ]),
        )
        .toArray(),
    ).toEqual([
      [
        [
          [0, 10, 0, 0],
          [0, 0, 0, 20],
          [0, 0, 0, 40],
          [0, 30, 0, 0],
        ],
      ],
    ])
  })

  it('has the stride of its size by default (the book’s first printings had 1)', () => {
    expect(new MaxPooling({ size: 2 }).outputShape([1, 4, 6])).toEqual([1, 2, 3])
    expect(new MaxPooling({ size: [3, 2] }).outputShape([1, 6, 6])).toEqual([1, 2, 3])
  })

  it('never takes a border cell for the maximum of negative pixels (the book’s zeros would win)', () => {
    const layer = new MaxPooling({ size: 2, pad: 1 })
    const x = image([
      [-1, -2],
      [-3, -4],
    ])
    expect(layer.forward(x).toArray()).toEqual([
      [
        [
          [-1, -2],
          [-3, -4],
        ],
      ],
    ])
    expect(layer.backward(x).toArray()).toEqual(x.toArray())
  })

  it('counts the padding in its output size (the book’s pooling forgets it and fails)', () => {
    expect(new MaxPooling({ size: 3, stride: 2, pad: 1 }).forward(zeros([2, 3, 7, 8])).shape).toEqual([
      2, 3, 4, 4,
    ])
  })

  it('takes the first of equal pixels, and gives it the whole gradient', () => {
    const layer = new MaxPooling({ size: 2 })
    layer.forward(
      image([
        [0, 5],
        [5, 5],
      ]),
    )
    expect(layer.backward(image([[7]])).toArray()).toEqual(
      image([
        [0, 7],
        [0, 0],
      ]).toArray(),
    )
  })

  it('adds the gradients of overlapping windows that one pixel wins', () => {
    const layer = new MaxPooling({ size: 2, stride: 1 })
    layer.forward(
      image([
        [0, 0, 0],
        [0, 9, 0],
        [0, 0, 0],
      ]),
    )
    expect(
      layer
        .backward(
          image([
            [1, 2],
            [3, 4],
          ]),
        )
        .at(0, 0, 1, 1),
    ).toBe(10)
  })

  it('shows NaN and infinities, and sends the gradient to them', () => {
    const layer = new MaxPooling({ size: 2 })
    const x = image([
      [1, NaN, -Infinity, -Infinity],
      [NaN, 2, -Infinity, -Infinity],
    ])
    expect(layer.forward(x).toArray()).toEqual([[[[NaN, -Infinity]]]])
    expect(layer.backward(image([[1, 2]])).toArray()).toEqual(
      image([
        [0, 1, 2, 0],
        [0, 0, 0, 0],
      ]).toArray(),
    )
  })

  it('floors sizes that are not divisible, and gives pixels that are left out the gradient 0', () => {
    const layer = new MaxPooling({ size: 2 })
    const x = randomNormal([1, 1, 3, 5], { rng: createRng(0) })
    expect(layer.forward(x).shape).toEqual([1, 1, 1, 2])
    const dx = layer.backward(tensor([[[[1, 1]]]]))
    expect([dx.at(0, 0, 0, 4), dx.at(0, 0, 1, 4), dx.at(0, 0, 2, 0)]).toEqual([0, 0, 0])
  })
})

describe('AveragePooling', () => {
  it('takes the mean of the pixels in each window, and does not count its padding', () => {
    const layer = new AveragePooling({ size: 2, pad: 1 })
    const x = image([
      [1, 2],
      [3, 4],
    ])
    expect(layer.forward(x).toArray()).toEqual(x.toArray())
    expect(new AveragePooling({ size: 2 }).forward(x).toArray()).toEqual([[[[2.5]]]])
  })

  it('shares the gradient equally among the pixels of the window', () => {
    const layer = new AveragePooling({ size: [1, 2] })
    layer.forward(image([[5, 6, 7]]))
    expect(layer.backward(image([[3]])).toArray()).toEqual([[[[1.5, 1.5, 0]]]])
  })
})

describe('GlobalAveragePooling', () => {
  it('takes the mean of each channel of images of any size', () => {
    const layer = new GlobalAveragePooling()
    expect(layer.forward(tensor([[[[1, 2, 3]], [[4, 5, 9]]]])).toArray()).toEqual([[2, 6]])
    expect(layer.backward(tensor([[3, 6]])).toArray()).toEqual([[[[1, 1, 1]], [[2, 2, 2]]]])
    expect(layer.outputShape([7, 5, 4])).toEqual([7])
  })

  it('throws for what is no image', () => {
    expect(() => new GlobalAveragePooling().forward(zeros([2, 3]))).toThrow('it takes images (N, C, H, W)')
    expect(() => new GlobalAveragePooling().outputShape([3])).toThrow('it takes an image (C, H, W)')
    expect(() => new GlobalAveragePooling().backward(zeros([2, 3]))).toThrow('backward called before forward')
  })
})

describe.each(KINDS)('%s', (name, Kind) => {
  it.each<[string, () => unknown]>([
    ['size must be an integer of at least 1, or [vertical, horizontal], not 0', () => new Kind({ size: 0 })],
    ['pad 2 must be less than size 2, else a window contains no pixel', () => new Kind({ size: 2, pad: 2 })],
    ['the option size is missing', () => new Kind({} as never)],
    ['there is no option kernel; options are size, stride, pad', () => new Kind({ kernel: 2 } as never)],
    [
      'input 1×4 with kernel 2×2, stride 2, pad 0: the window is larger than the padded input, 1×4; an input of at least 2×2, a kernel of at most 1×2, or pad 1 would fit',
      () => new Kind({ size: 2 }).outputShape([3, 1, 4]),
    ],
    [
      'one sample has shape (10), but it takes an image (C, H, W)',
      () => new Kind({ size: 2 }).outputShape([10]),
    ],
    [
      'x has shape (4, 4), but it takes images (N, C, H, W)',
      () => new Kind({ size: 2 }).forward(zeros([4, 4])),
    ],
    ['backward called before forward', () => new Kind({ size: 2 }).backward(zeros([1]))],
  ])('throws: %s', (message, act) => {
    expect(act).toThrow(`${name}: ${message}`)
  })

  it('keeps float32, takes other batch sizes, changes neither x nor dout, and copies its options', () => {
    const layer = new Kind({ size: 3, stride: 2, pad: 1 }).astype() as Layer
    const x = randomNormal([3, 2, 5, 6], { rng: createRng(2), dtype: 'float32' })
    const y = layer.forward(x)
    expect(y.shape).toEqual([3, 2, 3, 3])
    const [xBefore, yBefore] = [x.clone(), y.clone()]
    expect(layer.backward(y).dtype).toBe('float32')
    expect([x.data, y.data]).toEqual([xBefore.data, yBefore.data])
    expect(layer.forward(x.rows(1, 2)).data).toEqual(y.row(1).data)
    expect(() => layer.backward(y)).toThrow(/dout has shape \(3, 2, 3, 3\)/)
    expect(() => layer.backward(zeros([1, 2, 3, 3]))).toThrow(/astype/)
    expect(layer.parameters()).toEqual([])
  })
})
