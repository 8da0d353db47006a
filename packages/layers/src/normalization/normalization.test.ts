import { createRng, mean, ones, randomNormal, square, type Tensor, tensor, zeros } from '@gosa/linalg'
import { describe, expect, it } from 'vitest'
import { BatchNormalization, LayerNormalization, Sequential } from '../index.ts'

const TRAIN = { train: true }
const random = (...shape: number[]) => randomNormal(shape, { mean: 3, std: 2, rng: createRng(1) })
const batch = (C: number, options?: object) => BatchNormalization.init(C, { dtype: 'float64', ...options })

/** The values of channel c of (N, C, …). */
function channel(x: Tensor, c: number): Tensor {
  const [N, C] = x.shape
  const rows = x.reshape([N, C, -1])
  return tensor(Array.from({ length: N }, (_, n) => [...rows.row(n).row(c).data]).flat())
}

describe('BatchNormalization', () => {
  it.each([
    ['features', [6, 3]],
    ['images', [4, 3, 5, 2]],
  ])('gives each channel of %s mean 0 and variance 1 in training', (_, shape) => {
    const y = batch(3).forward(random(...shape), TRAIN)
    for (let c = 0; c < 3; c++) {
      expect(mean(channel(y, c))).toBeCloseTo(0, 12)
      expect(mean(square(channel(y, c)))).toBeCloseTo(1, 4)
    }
  })

  it('normalizes images per channel, with C weights (the book’s needs C·H·W and normalizes each pixel)', () => {
    const layer = batch(2)
    const x = random(3, 2, 2, 2)
    const y = layer.forward(x, TRAIN)
    // Within a channel the same line maps every pixel.
    const [first, second] = [channel(x, 1), channel(y, 1)]
    const slope = (second.at(1) - second.at(0)) / (first.at(1) - first.at(0))
    for (let i = 2; i < 12; i++) {
      expect(second.at(i)).toBeCloseTo(second.at(0) + slope * (first.at(i) - first.at(0)), 10)
    }
    expect(layer.parameters().map(({ value }) => value.shape)).toEqual([[2], [2]])
  })

  it('has running statistics as buffers, 0 and 1 at first, moved by training alone (the book’s are lost when saved)', () => {
    const layer = batch(2)
    const [runningMean, runningVariance] = layer.buffers()
    expect([runningMean, runningVariance].map(({ name }) => name)).toEqual(['runningMean', 'runningVariance'])
    expect([runningMean.value.toArray(), runningVariance.value.toArray()]).toEqual([
      [0, 0],
      [1, 1],
    ])
    const x = tensor([
      [1, 10],
      [3, 30],
    ])
    layer.forward(x)
    expect(runningMean.value.toArray()).toEqual([0, 0])
    layer.forward(x, TRAIN)
    expect(runningMean.value.at(0)).toBeCloseTo(0.2, 12)
    expect(runningMean.value.at(1)).toBeCloseTo(2, 12)
    // The unbiased variance of 10 and 30 is 200.
    expect(runningVariance.value.at(1)).toBeCloseTo(0.9 + 0.1 * 200, 12)
    expect(new Sequential([layer]).buffers().map(({ name }) => name)).toEqual([
      '0.runningMean',
      '0.runningVariance',
    ])
  })

  it('predicts by the running statistics, also for one sample (C)', () => {
    const layer = batch(2)
    layer.runningMean.data.set([1, 2])
    layer.runningVariance.data.set([4, 9])
    const y = layer.forward(tensor([3, 8]))
    expect(y.shape).toEqual([2])
    expect(y.at(0)).toBeCloseTo(1, 5)
    expect(y.at(1)).toBeCloseTo(2, 5)
    expect(layer.backward(tensor([1, 3])).at(1)).toBeCloseTo(1, 5)
  })

  it('converges to the statistics of the data', () => {
    const layer = batch(3)
    const x = random(200, 3)
    for (let i = 0; i < 200; i++) layer.forward(x, TRAIN)
    const y = layer.forward(x)
    expect(mean(channel(y, 0))).toBeCloseTo(0, 6)
    expect(mean(square(channel(y, 0)))).toBeCloseTo(1, 1)
  })

  it('throws for training with one value per channel, whose gradient would vanish (the book’s check takes one image)', () => {
    expect(() => batch(3).forward(random(1, 3), TRAIN)).toThrow(
      'BatchNormalization: training needs at least 2 values per channel, and this batch has 1: ' +
        'the variance of one value is 0, and its gradient too; use more samples, or forward without train',
    )
    expect(batch(3).forward(random(1, 3, 2, 1), TRAIN).shape).toEqual([1, 3, 2, 1])
    expect(batch(3).forward(random(1, 3)).shape).toEqual([1, 3])
  })

  it('does not divide by 0 for a constant channel', () => {
    const layer = batch(1)
    expect(layer.forward(ones([4, 1]), TRAIN).toArray()).toEqual([[0], [0], [0], [0]])
    expect(layer.backward(tensor([[1], [2], [3], [4]])).data.every(Number.isFinite)).toBe(true)
  })

  it('copies weights, running statistics and options to another dtype', () => {
    const layer = batch(2, { momentum: 0.5, epsilon: 0.25 })
    layer.forward(random(4, 2), TRAIN)
    layer.gamma.data.set([2, 3])
    const copy = layer.astype('float32')
    expect([copy.momentum, copy.epsilon, copy.gamma.dtype]).toEqual([0.5, 0.25, 'float32'])
    expect(copy.runningVariance.at(1)).toBe(Math.fround(layer.runningVariance.at(1)))
    expect(copy.runningMean).not.toBe(layer.runningMean)
  })

  it.each<[string, () => unknown]>([
    [
      'x has shape (4, 2), but gamma (3) takes (N, 3) or images (N, 3, H, W)',
      () => batch(3).forward(zeros([4, 2])),
    ],
    [
      'one sample has shape (2, 3), but gamma (3) takes (3) or images (3, H, W)',
      () => batch(3).outputShape([2, 3]),
    ],
    ['gamma (2) and beta (3) must have one shape', () => new BatchNormalization(ones([2]), zeros([3]))],
    ['gamma (1, 2) must be a vector (C)', () => new BatchNormalization(ones([1, 2]), zeros([1, 2]))],
    ['momentum must be from 0 to 1, not 2', () => batch(2, { momentum: 2 })],
    ['epsilon must be a positive number, not 0', () => batch(2, { epsilon: 0 })],
    [
      'there is no option eps; did you mean epsilon?',
      () => new BatchNormalization(ones([2]), zeros([2]), { eps: 1 } as never),
    ],
    ['backward called before forward', () => batch(2).backward(zeros([2, 2]))],
    ['dgamma read before backward', () => batch(2).dgamma],
  ])('throws: %s', (message, act) => {
    expect(act).toThrow(`BatchNormalization: ${message}`)
  })

  it('throws for weights of two dtypes, or channels that are no number', () => {
    expect(() => new BatchNormalization(ones([2]), zeros([2], { dtype: 'float32' }))).toThrow(/astype/)
    expect(() => BatchNormalization.init(0)).toThrow('channels must be an integer of at least 1, not 0')
  })
})

describe('LayerNormalization', () => {
  it('gives each sample mean 0 and variance 1, in training and prediction alike', () => {
    const layer = LayerNormalization.init([2, 3], { dtype: 'float64' })
    const y = layer.forward(random(4, 2, 3))
    for (let n = 0; n < 4; n++) {
      expect(mean(y.row(n))).toBeCloseTo(0, 12)
      expect(mean(square(y.row(n)))).toBeCloseTo(1, 4)
    }
  })

  it('treats each sample for itself, whatever else is in the batch', () => {
    const layer = LayerNormalization.init([5], { dtype: 'float64' })
    const x = random(3, 5)
    const y = layer.forward(x)
    expect(layer.forward(x.rows(1, 2)).row(0).data).toEqual(y.row(1).data)
    expect(layer.forward(x.row(1)).data).toEqual(y.row(1).data)
  })

  it('takes a shape of several axes, and says what does not fit', () => {
    const layer = LayerNormalization.init([2, 3])
    expect(layer.outputShape([4, 2, 3])).toEqual([4, 2, 3])
    expect(() => layer.outputShape([3])).toThrow(
      'LayerNormalization: one sample has shape (3), but gamma (2, 3) takes (…, 2, 3)',
    )
    expect(() => layer.forward(zeros([2, 2]))).toThrow('x has shape (2, 2), but gamma (2, 3) takes (…, 2, 3)')
    expect(() => layer.backward(zeros([2, 3]))).toThrow('LayerNormalization: backward called before forward')
    expect(() => layer.dbeta).toThrow('LayerNormalization: dbeta read before backward')
    expect(() => new LayerNormalization(ones([2]), zeros([2]), { eps: 1 } as never)).toThrow(
      /did you mean epsilon/,
    )
    expect(layer.astype('float64').gamma.dtype).toBe('float64')
  })
})
