import { type Rng, randomNormal } from '@gosa/linalg'
import { TwoLayerNet } from '@gosa/networks'
import type { Case } from '../cases/case.ts'

/** Every network, small, with weights that are not. */
export function networkCases(rng: Rng): Case[] {
  const sizes = { inputSize: 6, hiddenSize: 5, outputSize: 4, weightInitStd: 0.5 }
  const network = () => new TwoLayerNet({ ...sizes, rng, dtype: 'float64' })
  const x = (...shape: number[]) => randomNormal(shape, { rng })
  return [
    { name: 'TwoLayerNet', network: network(), x: x(3, 6), t: Uint8Array.of(0, 3, 1) },
    { name: 'TwoLayerNet, one sample', network: network(), x: x(6), t: Uint8Array.of(2) },
    {
      name: 'TwoLayerNet, float32',
      network: network().astype('float32'),
      x: x(3, 6).astype('float32'),
      t: Uint8Array.of(0, 3, 1),
    },
  ]
}
