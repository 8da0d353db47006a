import { syntheticDigits } from '@gosa/datasets'
import { createRng } from '@gosa/linalg'
import { TwoLayerNet } from '@gosa/networks'
import { describe, expect, it } from 'vitest'
import { stepsPerEpoch } from '../config/config.ts'
import type { EpochMetrics } from '../run/metrics.ts'
import { createOptimizer } from './optimizers.ts'
import { type Run, runTraining } from './run-training.ts'
import { createTraining } from './training.ts'

const set = syntheticDigits({ count: 30, seed: 1 })
const data = { train: set, test: set }

/** Trains a small network on 30 images in batches of 8; answers how it ended and what happened on the way. */
async function run(config: Partial<Run['config']> = {}, { learningRate = 0.1, stopAt = Infinity } = {}) {
  const model = new TwoLayerNet({ inputSize: 784, hiddenSize: 4, outputSize: 10, rng: createRng(0) })
  const rng = createRng(0)
  const optimizer = createOptimizer('sgd', { learningRate })
  const training = createTraining({ model, optimizer, data: set, batchSize: 8, rng })
  const epochs: EpochMetrics[] = []
  const checkpoints: number[] = []
  const controller = new AbortController()
  const outcome = await runTraining({
    ...{ training, model, data },
    config: { iterations: 10, batchSize: 8, checkpointEvery: 0, ...config },
    events: {
      progress: ({ iteration }) => iteration >= stopAt && controller.abort(),
      epoch: async (metrics) => void epochs.push(metrics),
      checkpoint: async ({ iteration }) => void checkpoints.push(iteration),
    },
    interruption: { signal: controller.signal, breathe: async () => {} },
  })
  return { outcome, epochs, checkpoints, training, model }
}

describe('a run', () => {
  it('has epochs of a whole number of steps, where the book has 3.75, and evaluates the last part too', async () => {
    expect(stepsPerEpoch(30, 8)).toBe(4)
    const { epochs, checkpoints, outcome } = await run()
    expect(epochs.map(({ iteration }) => iteration)).toEqual([4, 8, 10])
    expect(epochs.map(({ epoch }) => epoch)).toEqual([1, 2, 2.5])
    expect(checkpoints).toEqual([4, 8, 10])
    expect(outcome).toMatchObject({ kind: 'done', steps: 10, testAccuracy: epochs[2].testAccuracy })
  })

  it('has an epoch of one step where a batch is larger than the set', () => {
    expect(stepsPerEpoch(30, 100)).toBe(1)
  })

  it('saves as often as it is told to', async () => {
    expect((await run({ checkpointEvery: 3 })).checkpoints).toEqual([3, 6, 9, 10])
  })

  it('counts the time of steps alone', async () => {
    const { outcome, epochs } = await run()
    expect(outcome.samplesPerSecond).toBeGreaterThan(0)
    for (const { samplesPerSecond } of epochs) expect(samplesPerSecond).toBeGreaterThan(0)
  })

  it('that has nothing left to do says how good the network is', async () => {
    expect((await run({ iterations: 0 })).outcome).toMatchObject({
      kind: 'done',
      steps: 0,
      samplesPerSecond: 0,
    })
  })

  it('ends after the step in which it is interrupted, with all that is needed to go on', async () => {
    const { outcome, training } = await run({ iterations: 1000 }, { stopAt: 5 })
    expect(outcome).toMatchObject({ kind: 'interrupted', state: training.state() })
    expect(training.iteration).toBeLessThan(1000)
  })

  it('ends at a loss that is no number, with the latest weights that were', async () => {
    const { outcome } = await run({ iterations: 500, checkpointEvery: 1 }, { learningRate: 1e30 })
    expect(outcome).toMatchObject({ kind: 'diverged', what: 'the loss' })
    if (outcome.kind !== 'diverged') return
    // The weights after the first step are finite, but have no loss.
    expect(outcome.iteration).toBe(1)
    expect(outcome.lastGood.iteration).toBe(0)
  })

  it('ends at a weight that is no number, which ReLU would hide from the loss', async () => {
    const model = new TwoLayerNet({ inputSize: 784, hiddenSize: 4, outputSize: 10, rng: createRng(0) })
    const optimizer = createOptimizer('sgd')
    const training = createTraining({ model, optimizer, data: set, batchSize: 8, rng: createRng(0) })
    const { signal } = new AbortController()
    const outcome = await runTraining({
      ...{ model, data },
      training: {
        ...training,
        get iteration() {
          return training.iteration
        },
        step() {
          const loss = training.step()
          model.params.W1.data[0] = Number.NaN
          return Number.isFinite(loss) ? loss : 1
        },
      },
      config: { iterations: 3, batchSize: 8, checkpointEvery: 1 },
      events: { progress: () => {}, epoch: async () => {}, checkpoint: async () => {} },
      interruption: { signal, breathe: async () => {} },
    })
    expect(outcome).toMatchObject({ kind: 'diverged', what: 'a weight', iteration: 1 })
  })
})
