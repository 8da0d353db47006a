import { AddLayer, Affine, MulLayer, Relu, Sequential, Sigmoid, Tanh } from '@gosa/layers'
import { createRng, type Rng, randomNormal, type Shape, type Tensor, tensor } from '@gosa/linalg'
import { BinaryCrossEntropyWithLogits, HuberLoss, MeanSquaredErrorLoss, SoftmaxWithLoss } from '@gosa/losses'
import { type Activation, MultiLayerNet, TwoLayerNet } from '@gosa/networks'
import type { Case } from './case.ts'
import { convnetCases } from './convnet-cases.ts'

/*
 * The built-in suite: every layer, loss and network of the packages, at values in general position (several samples, no
 * constant rows, weights with a standard deviation of about 0.5).
 */

/** All cases of the suite; the seed determines their values. */
export const suiteCases = (seed: number): Case[] =>
  [layerCases, lossCases, networkCases, convnetCases].flatMap((cases) => cases(createRng(seed)))

/** Every layer; ReLU also at its kink, where the book uses the derivative from the left. */
function layerCases(rng: Rng): Case[] {
  const values = (...shape: Shape): Tensor => randomNormal(shape, { rng })
  const affine = (inputs: number, outputs: number): (() => Affine) => {
    const W = randomNormal([inputs, outputs], { std: 0.5, rng })
    const b = randomNormal([outputs], { std: 0.5, rng })
    return () => new Affine(W.clone(), b.clone())
  }
  const [first, second, third] = [affine(4, 5), affine(5, 4), affine(4, 3)]
  const sequential = () => new Sequential([first(), new Relu(), second(), new Tanh(), third(), new Sigmoid()])
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
    { name: 'Sequential', layer: sequential, x: values(3, 4), options },
  ]
}

/** Every loss, with every kind of targets. */
function lossCases(rng: Rng): Case[] {
  const values = (...shape: number[]) => randomNormal(shape, { rng })
  const softLabels = tensor([
    [0.1, 0.2, 0.3, 0.4],
    [0.7, 0.1, 0.1, 0.1],
    [0, 0.5, 0.25, 0.25],
  ])
  const softmax = () => new SoftmaxWithLoss()
  const weighted = () => new SoftmaxWithLoss({ labelSmoothing: 0.1, weights: [0.5, 1, 2, 3] })
  const binary = () => new BinaryCrossEntropyWithLogits()
  return [
    { name: 'SoftmaxWithLoss, classes', loss: softmax, x: values(3, 4), t: Uint8Array.of(0, 3, 1) },
    { name: 'SoftmaxWithLoss, probabilities', loss: softmax, x: values(3, 4), t: softLabels },
    { name: 'SoftmaxWithLoss, one sample', loss: softmax, x: values(4), t: Uint8Array.of(2) },
    {
      name: 'MeanSquaredErrorLoss',
      loss: () => new MeanSquaredErrorLoss(),
      x: values(3, 4),
      t: values(3, 4),
    },
    {
      name: 'SoftmaxWithLoss, smoothed and weighted',
      loss: weighted,
      x: values(3, 4),
      t: Uint8Array.of(0, 3, 1),
    },
    {
      name: 'BinaryCrossEntropyWithLogits, classes',
      loss: binary,
      x: values(4, 1),
      t: Uint8Array.of(0, 1, 1, 0),
    },
    { name: 'BinaryCrossEntropyWithLogits, probabilities', loss: binary, x: values(3, 4), t: softLabels },
    { name: 'HuberLoss', loss: () => new HuberLoss({ delta: 0.5 }), x: values(3, 4), t: values(3, 4) },
  ]
}

/** Every network, small, with large weights. */
function networkCases(rng: Rng): Case[] {
  const seed = rng.integer(2 ** 32)
  const common = { inputSize: 6, outputSize: 4, weightInitStd: 0.5, dtype: 'float64' } as const
  const values = (...shape: number[]) => randomNormal(shape, { rng })
  const t = Uint8Array.of(0, 3, 1)
  const twoLayerNet = () => new TwoLayerNet({ ...common, hiddenSize: 5, rng: createRng(seed) })
  const multiLayerNet = (activation: Activation): Case => ({
    name: `MultiLayerNet, ${activation}`,
    network: () => new MultiLayerNet({ ...common, hiddenSizes: [5, 5], activation, rng: createRng(seed) }),
    x: values(3, 6),
    t,
  })
  return [
    { name: 'TwoLayerNet', network: twoLayerNet, x: values(3, 6), t },
    { name: 'TwoLayerNet, one sample', network: twoLayerNet, x: values(6), t: Uint8Array.of(2) },
    {
      name: 'TwoLayerNet, float32',
      network: () => twoLayerNet().astype('float32'),
      x: values(3, 6).astype('float32'),
      t,
    },
    multiLayerNet('relu'),
    multiLayerNet('sigmoid'),
    multiLayerNet('tanh'),
  ]
}
