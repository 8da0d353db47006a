import { asNumber, stepsOf } from '@gosa/graph'
import { argmax, type Tensor, tensor, zeros } from '@gosa/linalg'
import { describe, expect, it } from 'vitest'
import { computation, products } from './explain.ts'
import { imagesOf } from './images.ts'
import { learn } from './learn.ts'
import { networkGraph } from './network.ts'

const untrained = networkGraph({ digit: 2, sample: 0, trained: false })
const find = (graph: typeof untrained, id: string) => {
  const node = graph.nodes.find((one) => one.id === id)
  if (!node) throw new Error(`no node ${id}`)
  return node
}

describe('the network on a digit', () => {
  it('has the layers of TwoLayerNet, with their weights, by names that no bundler shortens', () => {
    expect(untrained.nodes.map(({ id }) => id)).toEqual([
      ...['x', 'Affine1.W', 'Affine1.b', 'Affine1', 'Relu1', 'Affine2.W', 'Affine2.b', 'Affine2'],
      ...['t', 'SoftmaxWithLoss', 'SoftmaxWithLoss.out'],
    ])
    expect(find(untrained, 'SoftmaxWithLoss.out').label).toBe('L')
  })

  it('has learnt, where it is asked to have: a small loss, the right digit', () => {
    const { params } = learn()
    for (const digit of [0, 2, 7]) {
      const graph = networkGraph({ digit, sample: 1, trained: true }, params)
      expect(argmax(find(graph, 'Affine2').value as Tensor)).toBe(digit)
      expect(asNumber(find(graph, 'SoftmaxWithLoss').value)).toBeLessThan(1)
    }
  })

  it('shows another image of the same digit, as often as one likes', () => {
    const other = networkGraph({ digit: 2, sample: 99, trained: false })
    const pixels = (graph: typeof other) => (find(graph, 'x').value as Tensor).data
    expect(pixels(other)).not.toEqual(pixels(untrained))
    expect(asNumber(find(other, 't').value)).toBe(2)
  })

  it('is explained in pictures, not in numbers', () => {
    for (const step of stepsOf(untrained).filter(({ node }) => node.kind === 'operation')) {
      expect(computation(step)).toBeUndefined()
      expect(products(step, untrained)).toEqual([])
    }
  })
})

describe('a tensor as pictures', () => {
  it('is an image where it holds pixels', () => {
    expect(imagesOf(zeros([1, 784]))).toMatchObject({ width: 28, height: 28, perRow: 1 })
  })

  it('is an image for each unit where it holds the weights of pixels', () => {
    const W = zeros([784, 50])
    W.data[3 * 50 + 7] = -2
    const { levels, width, perRow } = imagesOf(W)
    expect([width, perRow, levels.length]).toEqual([28, 10, 784 * 50])
    expect(levels.indexOf(1)).toBe(7 * 784 + 3)
  })

  it('has its units ten in a row, and is a matrix else', () => {
    expect(imagesOf(zeros([1, 50]))).toMatchObject({ width: 10, height: 5 })
    expect(imagesOf(zeros([50, 10]))).toMatchObject({ width: 10, height: 50 })
    expect(imagesOf(zeros([3]))).toMatchObject({ width: 3, height: 1 })
  })

  it('is on a scale that its largest value ends', () => {
    expect([...imagesOf(tensor([0, 4, -2, Number.NaN, -4])).levels]).toEqual([128, 255, 65, 128, 1])
  })
})
