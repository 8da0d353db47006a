import { Affine, MulLayer, Relu } from '@gosa/layers'
import { createRng, tensor } from '@gosa/linalg'
import { SoftmaxWithLoss } from '@gosa/losses'
import { TwoLayerNet } from '@gosa/networks'
import { describe, expect, it } from 'vitest'
import { checkLayered } from './case.ts'

const x = [
  [1, -2, 3],
  [-4, 5, 0.5],
]
const rng = createRng(0)

describe('checkLayered', () => {
  it('checks a layer at x, or at one input for each argument of forward', () => {
    expect(checkLayered({ name: 'relu', layer: new Relu(), x }, {})).toMatchObject({ name: 'relu', ok: true })
    const { entries } = checkLayered({ name: 'mul', layer: new MulLayer(), inputs: [3, 4] }, {})
    expect(entries.map(({ name, worst }) => [name, worst?.index])).toEqual([
      ['x', []],
      ['y', []],
    ])
  })

  it('checks a layer without an input at a random one', () => {
    const { entries } = checkLayered({ name: 'relu', layer: new Relu() }, {})
    expect(entries[0].shape).toEqual([3, 4])
  })

  it('accepts functions that make layers or losses', () => {
    const make = () => Affine.init(3, 2, { rng, dtype: 'float64' })
    expect(checkLayered({ name: 'made', layer: make, x }, {}).ok).toBe(true)
    const loss = () => new SoftmaxWithLoss()
    expect(checkLayered({ name: 'made', loss, x, t: Uint8Array.of(0, 2) }, {}).ok).toBe(true)
  })

  it('accepts targets as t or targets, class indices or nested arrays', () => {
    const one = { name: 'loss', loss: new SoftmaxWithLoss() }
    const targets = [
      [1, 0, 0],
      [0, 0.5, 0.5],
    ]
    expect(checkLayered({ ...one, x, targets: Int32Array.of(1, 1) }, {}).ok).toBe(true)
    expect(checkLayered({ ...one, inputs: tensor(x), t: targets }, {}).ok).toBe(true)
  })

  it('checks a network', () => {
    const sizes = { inputSize: 3, hiddenSize: 4, outputSize: 2, weightInitStd: 0.5 }
    const network = new TwoLayerNet({ ...sizes, rng, dtype: 'float64' })
    const { entries } = checkLayered({ name: 'net', network, x, t: Uint8Array.of(0, 1) }, {})
    expect(entries.map(({ name }) => name)).toEqual(['W1', 'b1', 'W2', 'b2'])
  })

  it('lets the options of the command line override those of the case', () => {
    const options = { method: 'central', mode: 'sampled' } as const
    const report = checkLayered({ name: 'relu', layer: new Relu(), x, options }, { method: 'five-point' })
    expect(report).toMatchObject({ method: 'five-point', mode: 'sampled' })
  })

  it('says what is missing', () => {
    expect(() => checkLayered({ name: 'empty' }, {})).toThrow('empty: x must be a tensor')
    expect(() => checkLayered({ name: 'empty', x: 1 }, {})).toThrow(
      'empty: there is no layer, loss or network',
    )
    expect(() => checkLayered({ name: 'relu', layer: new Relu(), inputs: ['a'] }, {})).toThrow(
      'relu: input 0 must be a tensor, a number or nested arrays of numbers, not a',
    )
  })
})
