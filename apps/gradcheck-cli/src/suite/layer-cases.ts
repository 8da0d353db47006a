import { AddLayer, Affine, MulLayer, Relu, Sequential, Sigmoid, Tanh } from '@gosa/layers'
import { type Rng, randomNormal, type Shape, type Tensor, tensor } from '@gosa/linalg'
import type { Case } from '../cases/case.ts'

/**
 * Every layer at values in general position: weights of a standard deviation of about ½, several samples, no constant
 * rows. The ReLU is asked at its kink as well, where the checker must know what it sees.
 */
export function layerCases(rng: Rng): Case[] {
  const values = (...shape: Shape): Tensor => randomNormal(shape, { rng })
  const affine = (inputs: number, outputs: number): Affine =>
    new Affine(randomNormal([inputs, outputs], { std: 0.5, rng }), randomNormal([outputs], { std: 0.5, rng }))
  const independent = { independent: true }
  return [
    { name: 'Affine', layer: affine(4, 5), x: values(3, 4), options: independent },
    { name: 'Affine, square', layer: affine(4, 4), x: values(4, 4), options: independent },
    { name: 'Affine, one sample', layer: affine(4, 5), x: values(4) },
    { name: 'Affine, images', layer: affine(12, 5), x: values(2, 1, 3, 4), options: independent },
    { name: 'Relu', layer: new Relu(), x: values(3, 4), options: independent },
    {
      name: 'Relu, at its kink',
      layer: new Relu(),
      x: tensor([
        [0, 1, -1],
        [1e-9, -1e-9, 0],
      ]),
    },
    { name: 'Sigmoid', layer: new Sigmoid(), x: values(3, 4), options: independent },
    { name: 'Tanh', layer: new Tanh(), x: values(3, 4), options: independent },
    { name: 'MulLayer, numbers', layer: new MulLayer(), inputs: [100, 2] },
    { name: 'MulLayer, tensors', layer: new MulLayer<Tensor>(), inputs: [values(3, 4), values(3, 4)] },
    { name: 'AddLayer, numbers', layer: new AddLayer(), inputs: [100, 150] },
    { name: 'AddLayer, tensors', layer: new AddLayer<Tensor>(), inputs: [values(3, 4), values(3, 4)] },
    {
      name: 'Sequential',
      layer: new Sequential([
        affine(4, 5),
        new Relu(),
        affine(5, 4),
        new Tanh(),
        affine(4, 3),
        new Sigmoid(),
      ]),
      x: values(3, 4),
      options: independent,
    },
  ]
}
