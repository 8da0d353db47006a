import {
  AveragePooling,
  BatchNormalization,
  Convolution,
  Dropout,
  Embedding,
  Flatten,
  LeakyRelu,
  MaxPooling,
} from '@gosa/layers'
import { createRng, tensor, zeros } from '@gosa/linalg'
import { describe, expect, it } from 'vitest'
import { fromJson, graphOf, toDot, toJson, toMermaid, toSvg } from './index.ts'
import { layerDetail } from './layer-detail.ts'

const convolution = (options = {}, kernel = [5, 5]) =>
  new Convolution(zeros([30, 1, ...kernel]), zeros([30]), options)

describe('layerDetail', () => {
  it.each([
    [convolution(), '30 filters 5×5'],
    [convolution({ stride: 2, pad: [1, 0] }, [3, 2]), '30 filters 3×2, stride 2, pad 1×0'],
    [new MaxPooling({ size: 2 }), '2×2'],
    [new MaxPooling({ size: 3, stride: 2, pad: 1 }), '3×3, stride 2, pad 1'],
    [new AveragePooling({ size: [2, 3], stride: [2, 3] }), '2×3'],
    [new Dropout({ rng: createRng(0) }), 'ratio 0.5'],
    [new LeakyRelu(), 'slope 0.01'],
    [new Flatten(), undefined],
    [BatchNormalization.init(3), undefined],
    [new Embedding(zeros([10, 3])), undefined],
    [{ forward: () => 1, backward: () => 1 }, undefined],
  ])('of %o is %s', (layer, detail) => {
    expect(layerDetail(layer)).toBe(detail)
  })
})

describe('A graph of convolution and pooling', () => {
  const graph = graphOf(
    [
      convolution({ pad: 2 }),
      BatchNormalization.init(30, { dtype: 'float64' }),
      new MaxPooling({ size: 2 }),
      new Flatten(),
      new Dropout({ rng: createRng(0) }),
    ],
    tensor(zeros([2, 1, 6, 8]).data, { shape: [2, 1, 6, 8] }),
  )

  it('has the shapes of the images between its layers', () => {
    const layers = graph.nodes.filter(({ kind }) => kind === 'operation')
    expect(layers.map(({ label, shape }) => `${label} ${shape.join('×')}`)).toEqual([
      'Convolution 2×30×6×8',
      'BatchNormalization 2×30×6×8',
      'MaxPooling 2×30×3×4',
      'Flatten 2×360',
      'Dropout 2×360',
    ])
  })

  it('shows below each layer what it is set to, in every form', () => {
    expect(toSvg(graph)).toMatch(/>30 filters 5×5, pad 2<\/text>/)
    expect(toSvg(graph)).toContain('Convolution (30 filters 5×5, pad 2) of x (2, 1, 6, 8)')
    expect(toMermaid(graph)).toContain('["MaxPooling<br>2#215;2"]')
    expect(toDot(graph)).toContain('[label="Dropout\\nratio 0.5", shape=ellipse]')
    expect(fromJson(toJson(graph)).nodes.map(({ detail }) => detail)).toEqual(
      graph.nodes.map(({ detail }) => detail),
    )
  })
})
