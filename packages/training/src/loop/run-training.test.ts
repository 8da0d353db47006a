import { syntheticDigits } from '@gosa/datasets'
import { createRng, randomUniform } from '@gosa/linalg'
import { TwoLayerNet, weightsBytes } from '@gosa/networks'
import { describe, expect, it } from 'vitest'
import {
  evaluateClassifier as evaluate,
  measureQuality,
  type TrainingSets,
} from '../metrics/evaluate-classifier.ts'
import { weightsOf } from './classifier.ts'
import { createOptimizer } from './optimizers.ts'
import { createCheckpointSchedule, createEvaluationSchedule } from './run-schedule.ts'
import { type EpochMetrics, runTraining, type TrainingRun } from './run-training.ts'
import { stepsPerEpoch } from './sampler.ts'
import type { TrainingState } from './state.ts'
import { createTraining } from './training.ts'

const set = syntheticDigits({ count: 30, seed: 1 })
const data = { train: set, test: set }

interface Config extends Pick<TrainingRun, 'patience' | 'bestBy'> {
  iterations?: number
  checkpointEvery?: number | string
  book?: boolean
}

interface Setting {
  learningRate?: number
  /** The iteration at which the run is aborted. */
  stopAt?: number
  data?: TrainingSets
  now?: () => number
  /** The state to resume from. */
  from?: TrainingState
}

/** Trains a small network on 30 images in batches of 8. Returns the outcome and what was reported. */
async function run(
  { iterations = 10, checkpointEvery = 0, book, ...earlyStopping }: Config = {},
  { learningRate = 0.1, stopAt = Infinity, data: sets = data, now, from }: Setting = {},
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
    ...{ training, model, iterations, ...earlyStopping, early: from?.early, now },
    evaluate: () => measureQuality(model, sets),
    evaluations: createEvaluationSchedule({ batchSize: 8, iterations, book }, 30),
    checkpoints: createCheckpointSchedule(checkpointEvery, stepsPerEpoch(30, 8), now),
    events: {
      progress: ({ iteration }) => iteration >= stopAt && controller.abort(),
      epoch: async (metrics) => void epochs.push(metrics),
      checkpoint: async (state) => void checkpoints.push(state),
    },
    signal: controller.signal,
    yieldToEvents: async () => {},
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

describe('runTraining', () => {
  it('rounds an epoch of 3.75 steps up to 4, and evaluates at the end of the run too', async () => {
    expect(stepsPerEpoch(30, 8)).toBe(4)
    const { epochs, checkpoints, outcome } = await run()
    expect(epochs.map(({ iteration }) => iteration)).toEqual([4, 8, 10])
    expect(epochs.map(({ epoch }) => epoch)).toEqual([1, 2, 2.5])
    expect(checkpoints).toEqual([4, 8, 10])
    expect(outcome).toMatchObject({ kind: 'done', steps: 10, testAccuracy: epochs[2].testAccuracy })
  })

  it('has an epoch of one step if a batch is larger than the set', () => {
    expect(stepsPerEpoch(30, 100)).toBe(1)
  })

  it('reports a checkpoint every n steps and at the end', async () => {
    expect((await run({ checkpointEvery: 3 })).checkpoints).toEqual([3, 6, 9, 10])
  })

  it('reports the throughput of the steps', async () => {
    const { outcome, epochs } = await run()
    expect(outcome.samplesPerSecond).toBeGreaterThan(0)
    for (const { samplesPerSecond } of epochs) expect(samplesPerSecond).toBeGreaterThan(0)
  })

  it('evaluates the network if there is no step left to take', async () => {
    expect((await run({ iterations: 0 })).outcome).toMatchObject({
      kind: 'done',
      steps: 0,
      samplesPerSecond: 0,
    })
  })

  it('ends after the slice in which it is interrupted, with the state to resume from', async () => {
    const { outcome, training } = await run({ iterations: 1000 }, { stopAt: 5 })
    expect(outcome).toMatchObject({ kind: 'interrupted', state: training.state() })
    expect(training.iteration).toBeLessThan(1000)
  })

  it('ends when the loss is not finite, with the last state whose loss was', async () => {
    const { outcome } = await run({ iterations: 500, checkpointEvery: 1 }, { learningRate: 1e30 })
    expect(outcome).toMatchObject({ kind: 'diverged', what: 'the loss' })
    if (outcome.kind !== 'diverged') return
    // The weights after the first step are finite, but have no loss.
    expect(outcome.iteration).toBe(1)
    expect(outcome.lastGood.iteration).toBe(0)
  })

  it('ends when a weight is NaN although ReLU hides it from the loss', async () => {
    const model = new TwoLayerNet({ inputSize: 784, hiddenSize: 4, outputSize: 10, rng: createRng(0) })
    const optimizer = createOptimizer('sgd')
    const training = createTraining({ model, optimizer, data: set, batchSize: 8, rng: createRng(0) })
    const { signal } = new AbortController()
    const outcome = await runTraining({
      model,
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
      iterations: 3,
      evaluate: () => measureQuality(model, data),
      evaluations: createEvaluationSchedule({ batchSize: 8, iterations: 3 }, 30),
      checkpoints: createCheckpointSchedule(1, 4),
      events: { progress: () => {}, epoch: async () => {} },
      signal,
      yieldToEvents: async () => {},
    })
    expect(outcome).toMatchObject({ kind: 'diverged', what: 'a weight', iteration: 1 })
  })
})

describe('runTraining with early stopping', () => {
  // Nothing that generalises can be learnt from images of noise: the validation loss soon rises.
  const rng = createRng(9)
  const noise = (count: number) => ({
    x: randomUniform([count, 784], { rng, dtype: 'float32' }),
    t: Uint8Array.from({ length: count }, () => rng.integer(10)),
  })
  const sets = { train: noise(30), validation: noise(40), test: noise(5) }
  const patient = { iterations: 400, patience: 3, bestBy: 'loss' } as const

  it('ends when n epochs in a row bring no improvement, with the best weights and their quality', async () => {
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
    expect(weightsBytes(outcome.result.weights)).not.toEqual(weightsBytes(weightsOf(model)))
    Object.assign(model.params, outcome.result.weights)
    expect(evaluate(model, sets.validation).loss).toBe(losses[best])
  })

  it('ends with the best weights also if it is not stopped early', async () => {
    const { outcome, epochs } = await run({ ...patient, iterations: 200, patience: 10_000 }, { data: sets })
    const losses = epochs.map(({ validationLoss = Number.NaN }) => validationLoss)
    expect(outcome).toMatchObject({ stoppedEarly: false, validationLoss: Math.min(...losses) })
  })

  it('ends with the same state and result when resumed from any of its checkpoints', async () => {
    const whole = await run({ ...patient, checkpointEvery: 1 }, { data: sets })
    if (whole.outcome.kind !== 'done') throw new Error(whole.outcome.kind)
    for (const from of [0, 2, 3, 4, 30, 50].map((i) => whole.states[i])) {
      const resumed = await run(patient, { data: sets, from })
      expect(resumed.training.state()).toEqual(whole.training.state())
      expect(resumed.outcome).toMatchObject({ kind: 'done', result: whole.outcome.result })
      const later = whole.epochs.filter(({ iteration }) => iteration > from.iteration)
      const withoutTimes = (epochs: EpochMetrics[]) => epochs.map(({ samplesPerSecond, ...epoch }) => epoch)
      expect(withoutTimes(resumed.epochs)).toEqual(withoutTimes(later))
    }
  })

  it('includes an epoch in the state when interrupted at its end', async () => {
    const { outcome, epochs } = await run(patient, { data: sets, stopAt: 4 })
    if (outcome.kind !== 'interrupted') throw new Error(outcome.kind)
    expect(epochs.map(({ iteration }) => iteration)).toEqual([4])
    expect(outcome.state).toMatchObject({ iteration: 4, early: { best: { iteration: 4 } } })
  })

  it('ends with the same result when extended as when it was that long from the start', async () => {
    const long = await run({ ...patient, iterations: 22 }, { data: sets })
    const short = await run({ ...patient, iterations: 9 }, { data: sets })
    expect(short.epochs.map(({ iteration }) => iteration)).toEqual([4, 8, 9])
    const longer = await run({ ...patient, iterations: 22 }, { data: sets, from: short.states.at(-1) })
    expect(longer.training.state()).toEqual(long.training.state())
    expect(longer.outcome).toMatchObject({ result: (long.outcome as { result: object }).result })
  })
})

describe('runTraining with checkpoints by the clock', () => {
  it('reports one every n seconds and at the end', async () => {
    let time = 0
    const { checkpoints } = await run({ checkpointEvery: '2s', iterations: 30 }, { now: () => (time += 500) })
    expect(checkpoints.length).toBeGreaterThan(1)
    expect(checkpoints.at(-1)).toBe(30)
    const still = await run({ checkpointEvery: '2s', iterations: 30 }, { now: () => 0 })
    expect(still.checkpoints).toEqual([30])
  })
})

describe('runTraining in book mode', () => {
  it('evaluates after the first step and after the first step of each epoch', async () => {
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
