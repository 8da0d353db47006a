import { arange, createRng, randomNormal, type Tensor, tensor, zeros } from '@gosa/linalg'
import { describe, expect, it } from 'vitest'
import { BinaryCrossEntropyWithLogits, SoftmaxWithLoss } from './index.ts'

const loss = new BinaryCrossEntropyWithLogits()
const column = (...values: number[]): Tensor => tensor(values.map((value) => [value]))

describe('BinaryCrossEntropyWithLogits', () => {
  it('is log 2 for logits of 0, and its gradient (y − t)/N', () => {
    expect(loss.forward(column(0, 0), Uint8Array.of(0, 1))).toBeCloseTo(Math.LN2, 15)
    expect(loss.backward().toArray()).toEqual([[0.25], [-0.25]])
    expect(loss.backward(2).toArray()).toEqual([[0.5], [-0.5]])
  })

  it('equals SoftmaxWithLoss for logits (0, x)', () => {
    const x = randomNormal([6, 1], { rng: createRng(1), std: 3 })
    const t = Uint8Array.of(0, 1, 1, 0, 0, 1)
    const pairs = tensor([...x.data].map((value) => [0, value]))
    const softmax = new SoftmaxWithLoss()
    expect(loss.forward(x, t)).toBeCloseTo(softmax.forward(pairs, t), 14)
    const [own, other] = [loss.backward(), softmax.backward()]
    for (let n = 0; n < 6; n++) expect(own.at(n, 0)).toBeCloseTo(other.at(n, 1), 14)
  })

  it('does not overflow, and is exact where a probability vanishes', () => {
    expect(loss.forward(column(1000, -1000), Uint8Array.of(0, 1))).toBe(1000)
    expect(loss.forward(column(1000, -1000), Uint8Array.of(1, 0))).toBe(0)
    expect(loss.backward().toArray()).toEqual([[0], [0]])
  })

  it('takes infinite logits as certain answers, and NaN as NaN', () => {
    expect(loss.forward(column(Infinity, -Infinity), Uint8Array.of(1, 0))).toBe(0)
    expect(loss.forward(column(-Infinity), Uint8Array.of(1))).toBe(Infinity)
    expect(loss.backward().toArray()).toEqual([[-1]])
    expect(loss.forward(column(Number.NaN, 1), Uint8Array.of(1, 0))).toBeNaN()
  })

  it('gives the same bits for class indices and for the same classes as probabilities', () => {
    const x = randomNormal([50, 1], { rng: createRng(2), dtype: 'float32' })
    const t = Uint8Array.from({ length: 50 }, (_, n) => n % 2)
    const byIndex = [loss.forward(x, t), ...loss.backward().data]
    const probabilities = tensor(Float32Array.from(t), { shape: [50, 1] })
    expect([loss.forward(x, probabilities), ...loss.backward().data]).toEqual(byIndex)
  })

  it('computes float32 logits as exactly as float64 ones, and returns a float32 gradient', () => {
    const x = column(20, -3)
    const exact = loss.forward(x, Uint8Array.of(1, 0))
    expect(loss.forward(x.astype('float32'), Uint8Array.of(1, 0))).toBe(exact)
    expect(loss.backward().dtype).toBe('float32')
  })

  it('counts classes by their weights', () => {
    const weighted = new BinaryCrossEntropyWithLogits({ weights: [0.5, 4] })
    expect(weighted.forward(column(0, 0, 0), Uint8Array.of(0, 1, 1))).toBeCloseTo((8.5 * Math.LN2) / 3, 14)
    expect(weighted.backward().data[1]).toBeCloseTo(-2 / 3, 15)
  })

  it('gives what PyTorch 1.13 gives with a weight for class 1', () => {
    // F.binary_cross_entropy_with_logits(x, t, pos_weight=torch.tensor(3.)), float64
    const weighted = new BinaryCrossEntropyWithLogits({ weights: [1, 3] })
    expect(weighted.forward(column(0.3, -2), column(1, 0.25))).toBeCloseTo(1.6767288749850202, 14)
  })

  it('gives probabilities, and the class 1 for logits above 0', () => {
    expect(loss.probabilities(column(0)).toArray()).toEqual([[0.5]])
    expect([...loss.classes(column(0, 1e-9, -2, Number.NaN))]).toEqual([0, 1, 0, -1])
    expect([...loss.classes(tensor([3, -3]))]).toEqual([1, 0])
  })

  it('says what fits', () => {
    const x = zeros([2, 1])
    expect(() => loss.forward(x, Uint8Array.of(1))).toThrow('1 labels do not fit 2 samples')
    expect(() => loss.forward(x, Uint8Array.of(1, 2))).toThrow(
      'label 2 of sample 1 is not one of the 2 classes',
    )
    expect(() => loss.forward(zeros([2, 3]), Uint8Array.of(1, 0))).toThrow('(N, 1) or (N), not (2, 3)')
    expect(() => loss.forward(x, column(0.5, 1.5))).toThrow('from 0 to 1, but element 1 is 1.5')
    expect(() => loss.forward(x, column(1))).toThrow('shape (1, 1) do not fit outputs of shape (2, 1)')
    expect(() => loss.forward(x, column(1, 0).astype('float32'))).toThrow('convert one with astype')
    expect(() => loss.forward(x, [1, 0] as never)).toThrow(TypeError)
    expect(() => loss.forward(zeros([0, 1]), new Uint8Array(0))).toThrow('there are no logits')
    expect(() => new BinaryCrossEntropyWithLogits({ weights: [1] }).forward(x, Uint8Array.of(0, 1))).toThrow(
      'weights must be 2 finite numbers',
    )
    expect(() => loss.classes(arange(0, 6).reshape([2, 3]))).toThrow('3 independent logits have no one class')
    expect(() => new BinaryCrossEntropyWithLogits().backward()).toThrow('backward called before forward')
  })
})
