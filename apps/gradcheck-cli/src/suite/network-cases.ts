import { createRng, type Rng, randomNormal } from '@gosa/linalg'
import { type Activation, MultiLayerNet, TwoLayerNet } from '@gosa/networks'
import type { Case } from '../cases/case.ts'

/** Every network, small, with weights that are not. */
export function networkCases(rng: Rng): Case[] {
  const sizes = { inputSize: 6, hiddenSize: 5, outputSize: 4, weightInitStd: 0.5 }
  const seed = rng.integer(2 ** 32)
  const network = () => new TwoLayerNet({ ...sizes, rng: createRng(seed), dtype: 'float64' })
  const deep = (activation: Activation) => ({
    name: `MultiLayerNet, ${activation}`,
    network: () =>
      new MultiLayerNet({
        sizes: [6, 5, 5, 4],
        activation,
        init: 0.5,
        rng: createRng(seed),
        dtype: 'float64',
      }),
    x: x(3, 6),
    t,
  })
  const x = (...shape: number[]) => randomNormal(shape, { rng })
  const t = Uint8Array.of(0, 3, 1)
  return [
    { name: 'TwoLayerNet', network, x: x(3, 6), t },
    { name: 'TwoLayerNet, one sample', network, x: x(6), t: Uint8Array.of(2) },
    {
      name: 'TwoLayerNet, float32',
      network: () => network().astype('float32'),
      x: x(3, 6).astype('float32'),
      t,
    },
    deep('relu'),
    deep('sigmoid'),
    deep('tanh'),
  ]
}
