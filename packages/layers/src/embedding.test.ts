import { createRng, tensor, zeros } from '@gosa/linalg'
import { describe, expect, it } from 'vitest'
import { Embedding, Flatten } from './index.ts'

const W = () =>
  tensor([
    [1, 2],
    [3, 4],
    [5, 6],
  ])

describe('Embedding', () => {
  it('takes the row of each index, and adds the gradients of an index that occurs twice', () => {
    const layer = new Embedding(W())
    expect(layer.forward(tensor([2, 0, 2])).toArray()).toEqual([
      [5, 6],
      [1, 2],
      [5, 6],
    ])
    const dx = layer.backward(
      tensor([
        [1, 2],
        [3, 4],
        [10, 20],
      ]),
    )
    expect(dx?.toArray()).toEqual([0, 0, 0])
    expect(layer.dW.toArray()).toEqual([
      [3, 4],
      [0, 0],
      [11, 22],
    ])
  })

  it('gives sequences (N, T) the shape (N, T, D), with indices of any dtype', () => {
    const layer = new Embedding(W())
    expect(layer.forward(zeros([4, 5], { dtype: 'float32' })).shape).toEqual([4, 5, 2])
    expect(layer.outputShape([5])).toEqual([5, 2])
    expect(layer.backward(zeros([4, 5, 2]), { inputGradient: false })).toBeUndefined()
  })

  it('init draws rows of standard deviation 0.01, and astype copies them', () => {
    const layer = Embedding.init(100, 30, { rng: createRng(0) })
    expect(layer.W.shape).toEqual([100, 30])
    expect(layer.W.dtype).toBe('float32')
    expect(Math.max(...layer.W.data)).toBeLessThan(0.1)
    expect(layer.astype('float64').W.toArray()).toEqual(layer.W.toArray())
  })

  it.each([
    [3, 'Embedding: 3 is no index: W (3, 2) takes whole numbers from 0 to 2'],
    [-1, '-1 is no index'],
    [0.5, '0.5 is no index'],
    [NaN, 'NaN is no index'],
  ])('throws for the index %d', (index, message) => {
    expect(() => new Embedding(W()).forward(tensor([0, index]))).toThrow(message)
  })

  it('throws for a W that is no matrix, wrong sizes, and a dout of another shape', () => {
    expect(() => new Embedding(zeros([3]))).toThrow('Embedding: W (3) must be a matrix (V, D)')
    expect(() => Embedding.init(0, 2, { rng: createRng(0) })).toThrow(/at least 1, not 0 and 2/)
    const layer = new Embedding(W())
    expect(() => layer.backward(zeros([1]))).toThrow('Embedding: backward called before forward')
    expect(() => layer.dW).toThrow('Embedding: dW read before backward')
    layer.forward(tensor([1]))
    expect(() => layer.backward(zeros([2]))).toThrow(/dout has shape \(2\), but the output had \(1, 2\)/)
  })
})

describe('Flatten', () => {
  it('makes a vector of each sample, and gives dout the shape of x', () => {
    const layer = new Flatten()
    expect(layer.forward(zeros([2, 3, 4, 5])).shape).toEqual([2, 60])
    expect(layer.backward(zeros([2, 60])).shape).toEqual([2, 3, 4, 5])
    expect(layer.forward(zeros([0, 3, 4])).shape).toEqual([0, 12])
    expect(layer.forward(zeros([7])).shape).toEqual([7, 1])
    expect(layer.outputShape([30, 12, 12])).toEqual([4320])
    expect(layer.astype()).toBeInstanceOf(Flatten)
  })

  it('throws for a scalar, and for a dout of another shape', () => {
    const layer = new Flatten()
    expect(() => layer.forward(zeros([]))).toThrow('Flatten: x is a scalar, but it takes samples (N, …)')
    expect(() => layer.backward(zeros([1]))).toThrow('Flatten: backward called before forward')
    layer.forward(zeros([2, 3, 1]))
    expect(() => layer.backward(zeros([2, 3, 1]))).toThrow(
      /dout has shape \(2, 3, 1\), but the output had \(2, 3\)/,
    )
  })
})
