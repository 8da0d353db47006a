import { syntheticDigits } from '@gosa/datasets'
import { createRng, randomUniform } from '@gosa/linalg'
import { TwoLayerNet } from '@gosa/networks'
import {
  createOptimizer,
  createTraining,
  evaluate,
  stepsPerEpoch,
  type TrainingState,
  weightsOf,
} from '@gosa/training'
import { describe, expect, it } from 'vitest'
import { weightsSha256 } from '../model/weights-sha256.ts'
import { decodeCheckpoint, encodeCheckpoint } from '../run/checkpoint-file.ts'
import type { EpochMetrics } from '../run/metrics.ts'
import { type Run, runTraining } from './run-training.ts'

const set = syntheticDigits({ count: 30, seed: 1 })
const data = { train: set, test: set }

interface Circumstances {
  learningRate?: number
  /** Where Ctrl-C is heard. */
  stopAt?: number
  data?: Run['data']
  now?: () => number
  /** Where to go on. */
  from?: TrainingState
}

/** Trains a small network on 30 images in batches of 8; answers how it ended and what happened on the way. */
async function run(
  config: Partial<Run['config']> = {},
  { learningRate = 0.1, stopAt = Infinity, data: sets = data, now, from }: Circumstances = {},
) {
  const model = new TwoLayerNet({ inputSize: 784, hiddenSize: 4, outputSize: 10, rng: createRng(0) })
  const rng = createRng(from?.rng ?? 0)
  const optimizer = createOptimizer('sgd', { learningRate })
  if (from) Object.assign(model.params, from.weights)
  if (from) optimizer.load(from.optimizer)
  const training = createTraining({ model, optimizer, data: sets.train, batchSize: 8, rng, from })
  const epochs: EpochMetrics[] = []
  const checkpoints: TrainingState[] = []
  const controller = new AbortController()
  const outcome = await runTraining({
    ...{ training, model, data: sets, now, early: from?.early },
    config: { iterations: 10, batchSize: 8, checkpointEvery: 0, ...config },
    events: {
      progress: ({ iteration }) => iteration >= stopAt && controller.abort(),
      epoch: async (metrics) => void epochs.push(metrics),
      checkpoint: async (state) => void checkpoints.push(state),
    },
    interruption: { signal: controller.signal, breathe: async () => {} },
  })
  return {
    outcome,
    epochs,
    checkpoints: checkpoints.map(({ iteration }) => iteration),
    states: checkpoints,
    training,
    model,
  }
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

describe('a run with patience', () => {
  // On images of noise nothing can be learnt that holds for others: the loss there soon rises.
  const rng = createRng(9)
  const noise = (count: number) => ({
    images: randomUniform([count, 784], { rng, dtype: 'float32' }),
    labels: Uint8Array.from({ length: count }, () => rng.integer(10)),
  })
  const sets = { train: noise(30), validation: noise(40), test: noise(5) }
  const patient = { iterations: 400, patience: 3, bestBy: 'loss' } as const

  it('ends when epochs in a row bring nothing better, with the best weights and their numbers', async () => {
    const { outcome, epochs, states, training, model } = await run(patient, { data: sets })
    if (outcome.kind !== 'done') throw new Error(outcome.kind)
    const losses = epochs.map(({ validationLoss }) => validationLoss ?? Number.NaN)
    const best = losses.indexOf(Math.min(...losses))
    expect(outcome).toMatchObject({ stoppedEarly: true, validationLoss: losses[best] })
    expect(epochs).toHaveLength(best + 1 + 3)
    expect(epochs.map((epoch) => epoch.best)).toEqual(
      losses.map((loss, i) => loss < Math.min(...losses.slice(0, i))),
    )
    expect(training.iteration).toBe(epochs[best + 3].iteration)
    expect(outcome.result.iteration).toBe(epochs[best].iteration)
    expect(states.at(-1)?.early?.best).toMatchObject({ iteration: epochs[best].iteration })
    expect(weightsSha256(outcome.result.weights)).not.toBe(weightsSha256(weightsOf(model)))
    Object.assign(model.params, outcome.result.weights)
    expect(evaluate(model, sets.validation).loss).toBe(losses[best])
  })

  it('ends with the best weights too where it is not stopped early', async () => {
    const { outcome, epochs } = await run({ ...patient, iterations: 200, patience: 10_000 }, { data: sets })
    const losses = epochs.map(({ validationLoss = Number.NaN }) => validationLoss)
    expect(outcome).toMatchObject({ stoppedEarly: false, validationLoss: Math.min(...losses) })
  })

  it('comes to the same, and at the same step, from each of its checkpoints', async () => {
    const whole = await run({ ...patient, checkpointEvery: 1 }, { data: sets })
    if (whole.outcome.kind !== 'done') throw new Error(whole.outcome.kind)
    for (const state of [0, 2, 3, 4, 30, 50].map((i) => whole.states[i])) {
      const from = decodeCheckpoint(encodeCheckpoint(state))
      const goesOn = await run(patient, { data: sets, from })
      expect(goesOn.training.state()).toEqual(whole.training.state())
      expect(goesOn.outcome).toMatchObject({ kind: 'done', result: whole.outcome.result })
      const later = whole.epochs.filter(({ iteration }) => iteration > from.iteration)
      const unhurried = (epochs: EpochMetrics[]) => epochs.map(({ samplesPerSecond, ...epoch }) => epoch)
      expect(unhurried(goesOn.epochs)).toEqual(unhurried(later))
    }
  })

  it('that is interrupted at the end of an epoch has counted it', async () => {
    const { outcome, epochs } = await run(patient, { data: sets, stopAt: 4 })
    if (outcome.kind !== 'interrupted') throw new Error(outcome.kind)
    expect(epochs.map(({ iteration }) => iteration)).toEqual([4])
    expect(outcome.state).toMatchObject({ iteration: 4, early: { best: { iteration: 4 } } })
  })

  it('that is made longer comes to what one comes to that was as long from the start', async () => {
    const long = await run({ ...patient, iterations: 22 }, { data: sets })
    const short = await run({ ...patient, iterations: 9 }, { data: sets })
    expect(short.epochs.map(({ iteration }) => iteration)).toEqual([4, 8, 9])
    const longer = await run({ ...patient, iterations: 22 }, { data: sets, from: short.states.at(-1) })
    expect(longer.training.state()).toEqual(long.training.state())
    expect(longer.outcome).toMatchObject({ result: (long.outcome as { result: object }).result })
  })
})

describe('the checkpoints of a run', () => {
  it('are written by the clock where they are asked for in seconds, and at its end', async () => {
    let time = 0
    const { checkpoints } = await run({ checkpointEvery: '2s', iterations: 30 }, { now: () => (time += 500) })
    expect(checkpoints.length).toBeGreaterThan(1)
    expect(checkpoints.at(-1)).toBe(30)
    const still = await run({ checkpointEvery: '2s', iterations: 30 }, { now: () => 0 })
    expect(still.checkpoints).toEqual([30])
  })
})

describe("the book's loop", () => {
  it('is evaluated after its first step and after that of each epoch', async () => {
    // 30 / 8 = 3.75 steps an epoch: i % 3.75 is 0 for i = 0 and 15.
    const { epochs, outcome } = await run({ book: true, iterations: 20 })
    expect(epochs.map(({ iteration, epoch }) => [iteration, epoch])).toEqual([
      [1, 0],
      [16, 4],
      [20, 19 / 3.75],
    ])
    expect(outcome).toMatchObject({ kind: 'done', testAccuracy: epochs[2].testAccuracy })
  })
})
