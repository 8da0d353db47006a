import { type Rng, randomNormal, tensor } from '@gosa/linalg'
import { MeanSquaredErrorLoss, SoftmaxWithLoss } from '@gosa/losses'
import type { Case } from '../cases/case.ts'

/** Every loss, with every kind of labels. */
export function lossCases(rng: Rng): Case[] {
  const values = (...shape: number[]) => randomNormal(shape, { rng })
  const x = () => values(3, 4)
  const softLabels = tensor([
    [0.1, 0.2, 0.3, 0.4],
    [0.7, 0.1, 0.1, 0.1],
    [0, 0.5, 0.25, 0.25],
  ])
  return [
    {
      name: 'SoftmaxWithLoss, classes',
      loss: () => new SoftmaxWithLoss(),
      x: x(),
      t: Uint8Array.of(0, 3, 1),
    },
    { name: 'SoftmaxWithLoss, probabilities', loss: () => new SoftmaxWithLoss(), x: x(), t: softLabels },
    {
      name: 'SoftmaxWithLoss, one sample',
      loss: () => new SoftmaxWithLoss(),
      x: values(4),
      t: Uint8Array.of(2),
    },
    { name: 'MeanSquaredErrorLoss', loss: () => new MeanSquaredErrorLoss(), x: x(), t: x() },
  ]
}
