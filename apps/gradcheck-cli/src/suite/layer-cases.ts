import { AddLayer, Affine, MulLayer, Relu, Sequential, Sigmoid, Tanh } from '@gosa/layers'
import { type Rng, randomNormal, type Shape, type Tensor, tensor } from '@gosa/linalg'
import type { Case } from '../cases/case.ts'

/**
 * Every layer at values in general position: weights of a standard deviation of about ½, several samples, no constant
 * rows. The ReLU is asked at its kink as well, where the book's slope is that of the left side.
 */
export function layerCases(rng: Rng): Case[] {
  const values = (...shape: Shape): Tensor => randomNormal(shape, { rng })
  const affine = (inputs: number, outputs: number): (() => Affine) => {
    const W = randomNormal([inputs, outputs], { std: 0.5, rng })
    const b = randomNormal([outputs], { std: 0.5, rng })
    return () => new Affine(W.clone(), b.clone())
  }
  const [first, second, third] = [affine(4, 5), affine(5, 4), affine(4, 3)]
  const row = () => new Sequential([first(), new Relu(), second(), new Tanh(), third(), new Sigmoid()])
  const kink = tensor([
    [0, 1, -1],
    [1e-9, -1e-9, 0],
  ])
  const options = { independent: true }
  return [
    { name: 'Affine', layer: affine(4, 5), x: values(3, 4), options },
    { name: 'Affine, square', layer: affine(4, 4), x: values(4, 4), options },
    { name: 'Affine, one sample', layer: affine(4, 5), x: values(4) },
    { name: 'Affine, images', layer: affine(12, 5), x: values(2, 1, 3, 4), options },
    { name: 'Relu', layer: () => new Relu(), x: values(3, 4), options },
    { name: 'Relu, at its kink', layer: () => new Relu(), x: kink, options: { atKink: 'left' } },
    { name: 'Sigmoid', layer: () => new Sigmoid(), x: values(3, 4), options },
    { name: 'Tanh', layer: () => new Tanh(), x: values(3, 4), options },
    { name: 'MulLayer, numbers', layer: () => new MulLayer(), inputs: [100, 2] },
    { name: 'MulLayer, tensors', layer: () => new MulLayer<Tensor>(), inputs: [values(3, 4), values(3, 4)] },
    { name: 'AddLayer, numbers', layer: () => new AddLayer(), inputs: [100, 150] },
    { name: 'AddLayer, tensors', layer: () => new AddLayer<Tensor>(), inputs: [values(3, 4), values(3, 4)] },
    { name: 'Sequential', layer: row, x: values(3, 4), options },
  ]
}
