import { asNumber, stepsOf } from '@gosa/graph'
import { argmax, type Tensor, tensor, zeros } from '@gosa/linalg'
import { describe, expect, it } from 'vitest'
import { pretrainExampleNetwork } from '../train/example-network.ts'
import { computation, products } from './formulas.ts'
import { networkGraph } from './network.ts'
import { tensorImage } from './tensor-image.ts'

const untrained = networkGraph({ digit: 2, sample: 0, trained: false })
const find = (graph: typeof untrained, id: string) => {
  const node = graph.nodes.find((one) => one.id === id)
  if (!node) throw new Error(`no node ${id}`)
  return node
}

describe('networkGraph', () => {
  it('has the layers of TwoLayerNet with their weights, by explicit names', () => {
    expect(untrained.nodes.map(({ id }) => id)).toEqual([
      ...['x', 'Affine1.W', 'Affine1.b', 'Affine1', 'Relu1', 'Affine2.W', 'Affine2.b', 'Affine2'],
      ...['t', 'SoftmaxWithLoss', 'SoftmaxWithLoss.out'],
    ])
    expect(find(untrained, 'SoftmaxWithLoss.out').label).toBe('L')
  })

  it('has a small loss and predicts the digit with pretrained weights', () => {
    const pretrained = pretrainExampleNetwork()
    for (const digit of [0, 2, 7]) {
      const graph = networkGraph({ digit, sample: 1, trained: true }, pretrained)
      expect(argmax(find(graph, 'Affine2').value as Tensor)).toBe(digit)
      expect(asNumber(find(graph, 'SoftmaxWithLoss').value)).toBeLessThan(1)
    }
  })

  it('has any number of images of a digit', () => {
    const other = networkGraph({ digit: 2, sample: 99, trained: false })
    const pixels = (graph: typeof other) => (find(graph, 'x').value as Tensor).data
    expect(pixels(other)).not.toEqual(pixels(untrained))
    expect(asNumber(find(other, 't').value)).toBe(2)
  })

  it('has no formulas in numbers', () => {
    for (const step of stepsOf(untrained).filter(({ node }) => node.kind === 'operation')) {
      expect(computation(step)).toBeUndefined()
      expect(products(step, untrained)).toEqual([])
    }
  })
})

describe('tensorImage', () => {
  it('returns an image for 784 values', () => {
    expect(tensorImage(zeros([1, 784]))).toMatchObject({ width: 28, height: 28, perRow: 1 })
  })

  it('returns an image for each unit for weights of 784 inputs', () => {
    const W = zeros([784, 50])
    W.data[3 * 50 + 7] = -2
    const { levels, width, perRow } = tensorImage(W)
    expect([width, perRow, levels.length]).toEqual([28, 10, 784 * 50])
    expect(levels.indexOf(1)).toBe(7 * 784 + 3)
  })

  it('has ten units in a row, and a matrix for anything else', () => {
    expect(tensorImage(zeros([1, 50]))).toMatchObject({ width: 10, height: 5 })
    expect(tensorImage(zeros([50, 10]))).toMatchObject({ width: 10, height: 50 })
    expect(tensorImage(zeros([3]))).toMatchObject({ width: 3, height: 1 })
  })

  it('scales to the largest absolute value, and shows NaN as 0', () => {
    expect([...tensorImage(tensor([0, 4, -2, Number.NaN, -4])).levels]).toEqual([128, 255, 65, 128, 1])
  })
})
