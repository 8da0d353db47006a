/** What the experiments of chapters 6 and 7 share: digits, and a plain loop of steps. */
import { type Samples, sampleBatch } from '@gosa/datasets'
import { loadMnist } from '@gosa/datasets/node'
import { createRng, takeRows } from '@gosa/linalg'
import type { Network } from '@gosa/networks'
import type { Optimizer } from '@gosa/optim'

export type Digits = Samples<Uint8Array>

/** MNIST from the folder `GOSA_DATA_DIR`; the figures are those of the book only with these images. */
export async function mnist(): Promise<{ train: Digits; test: Digits }> {
  const dir = process.env.GOSA_DATA_DIR
  if (!dir) throw new Error('these plots need MNIST: set GOSA_DATA_DIR to the folder with its four files')
  return (await loadMnist({ dir })) as unknown as { train: Digits; test: Digits }
}

export const first = ({ x, t }: Digits, count: number): Digits => ({
  x: x.rows(0, count),
  t: t.subarray(0, count),
})

/** Images with the axis of their channel. */
export const asImages = ({ x, t }: Digits): Digits => ({ x: x.reshape([-1, 1, 28, 28]), t })

export const accuracyOf = (network: Network, { x, t }: Digits): number => network.accuracy(x, t)

export interface Steps {
  readonly network: Network
  readonly optimizer: Optimizer
  readonly digits: Digits
  readonly steps: number
  readonly batchSize?: number
  readonly seed?: number
  /** Called after each step with its loss. */
  readonly onStep?: (step: number, loss: number) => void
}

/** Trains with batches drawn with replacement, as the book does. */
export function train({ network, optimizer, digits, steps, batchSize = 100, seed = 0, onStep }: Steps): void {
  const rng = createRng(seed)
  for (let step = 1; step <= steps; step++) {
    const indices = sampleBatch(digits.t.length, batchSize, rng)
    const t = Uint8Array.from(indices, (i) => digits.t[i])
    const { loss } = network.lossAndGradient(takeRows(digits.x, indices), t)
    optimizer.step(network.parameters())
    onStep?.(step, loss)
  }
}

/** A moving average over some steps, at every tenth step, so that curves of single batches can be told apart. */
export function smoothed(losses: readonly number[], window = 50): [number, number][] {
  return losses.flatMap((_, i): [number, number][] => {
    if ((i + 1) % 10 !== 0) return []
    const recent = losses.slice(Math.max(0, i + 1 - window), i + 1)
    return [[i + 1, recent.reduce((sum, one) => sum + one, 0) / recent.length]]
  })
}
