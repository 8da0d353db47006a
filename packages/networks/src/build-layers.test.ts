import { Affine, Sigmoid } from '@gosa/layers'
import { createRng, randomNormal, zeros } from '@gosa/linalg'
import { SoftmaxWithLoss } from '@gosa/losses'
import { describe, expect, it } from 'vitest'
import { buildLayers, Network } from './index.ts'

describe('buildLayers', () => {
  it('makes the layers of a network, equal to the bit to those made one by one', () => {
    const described = new Network({
      ...buildLayers({
        inputShape: [4],
        layers: [{ type: 'affine', units: 6 }, { type: 'sigmoid' }, { type: 'affine', units: 3, init: 0.1 }],
        rng: createRng(5),
        dtype: 'float64',
      }),
      loss: new SoftmaxWithLoss(),
    })
    const options = { rng: createRng(5), dtype: 'float64' } as const
    const layers = [Affine.init(4, 6, options), new Sigmoid(), Affine.init(6, 3, { ...options, init: 0.1 })]
    const built = new Network({ layers, loss: new SoftmaxWithLoss() })
    const x = randomNormal([5, 4], { rng: createRng(1) })
    expect(described.predict(x).data).toEqual(built.predict(x).data)
    expect(Object.values(described.layers).map((layer) => layer.constructor)).toEqual([
      Affine,
      Sigmoid,
      Affine,
    ])
  })

  it('can be read from JSON; weights are float32 and from seed 0 by default', () => {
    const json =
      '{"inputShape":[1,4,4],"layers":{"Affine1":{"type":"affine","units":3},"Relu1":{"type":"relu"}}}'
    const make = () => new Network({ ...buildLayers(JSON.parse(json)), loss: new SoftmaxWithLoss() })
    expect(Object.keys(make().params)).toEqual(['Affine1.W', 'Affine1.b'])
    expect(make().params['Affine1.W'].dtype).toBe('float32')
    expect(make().params['Affine1.W'].data).toEqual(Affine.init(16, 3, { rng: createRng(0) }).W.data)
    expect(make().predict(zeros([2, 1, 4, 4])).shape).toEqual([2, 3])
  })

  it('can mix descriptions with layers', () => {
    const first = Affine.init(4, 6, { rng: createRng(0) })
    const { layers } = buildLayers({ layers: [first, { type: 'relu' }, { type: 'affine', units: 2 }] })
    expect(layers[0]).toBe(first)
    expect((layers[2] as Affine).W.shape).toEqual([6, 2])
  })

  it.each([
    [{ type: 'rellu' }, 'layer 0 has the unknown type "rellu"; did you mean relu?'],
    [{ type: 'convulsion' }, 'layer 0 has the unknown type "convulsion"; types are affine'],
    [{ type: 'toString' }, 'layer 0 has the unknown type "toString"; types are affine'],
    [{ type: 'affine', unit: 3 }, 'layer 0 (affine): there is no option unit; did you mean units?'],
    [{ type: 'relu', units: 3 }, 'layer 0 (relu): there is no option units; options are type'],
    [{ type: 'affine' }, 'layer 0: Affine.init: sizes must be integers of at least 1, not 4 and undefined'],
    [{ type: 'affine', units: 3, init: 'hee' }, "layer 0: Affine.init: init must be 'he', 'xavier' or"],
    [
      { units: 3 },
      "layer 0 must be a layer, with forward and backward, or a description such as { type: 'affine'",
    ],
    [null, 'layer 0 must be a layer'],
  ])('throws for %j', (layer, message) => {
    expect(() => buildLayers({ inputShape: [4], layers: [layer as never] })).toThrow(
      `buildLayers: ${message}`,
    )
  })

  it('throws if inputShape is missing or not a shape', () => {
    const layers = [{ type: 'relu' }, { type: 'affine', units: 3 }] as const
    expect(() => buildLayers({ layers })).toThrow(
      'buildLayers: layer 1 (affine) has no known input shape: add inputShape, the shape of one sample, such as [784]',
    )
    for (const [inputShape, shown] of [
      [[0], '(0)'],
      [[2.5, 2], '(2.5, 2)'],
      ['784', '"784"'],
    ]) {
      expect(() => buildLayers({ inputShape: inputShape as never, layers })).toThrow(
        `buildLayers: inputShape must be integers of at least 1, such as [784] or [1, 28, 28], not ${shown}`,
      )
    }
  })
})
