import type { Interruption, NamedData } from '@gosa/cli-kit'
import { type Config, stepsPerEpoch } from '../config/config.ts'
import type { Classifier } from '../model/classifier.ts'
import type { EpochMetrics } from '../run/metrics.ts'
import { createEvaluator } from './evaluate.ts'
import { watchStates } from './good-states.ts'
import type { TrainingState } from './state.ts'
import { createStopwatch } from './stopwatch.ts'
import type { Training } from './training.ts'

/** How often the weights are looked at, and a copy of good ones is kept, in steps. */
const GUARD = 100

/** How long steps are taken without listening for Ctrl-C, in ms. */
const BREATH = 50

export interface TrainingEvents {
  /** Something for the line of progress. */
  progress(now: { iteration: number; loss: number; samplesPerSecond: number }): void
  /** An epoch has ended, or the last part of one. */
  epoch(metrics: EpochMetrics): Promise<void>
  /** Where training stands is worth being saved. */
  checkpoint(state: TrainingState): Promise<void>
}

export interface Quality {
  trainAccuracy: number
  testAccuracy: number
  testLoss: number
}

/** How training ended, and how fast it was: steps alone, the drawing of the batch included. */
export type Outcome = { samplesPerSecond: number; steps: number } & (
  | ({ kind: 'done' } & Quality)
  | { kind: 'interrupted'; state: TrainingState }
  /** `what` became NaN or infinite, after `iteration` steps; `lastGood` is the latest state known to be sound. */
  | { kind: 'diverged'; what: string; iteration: number; lastGood: TrainingState }
)

export interface Run {
  training: Training
  model: Classifier
  data: Pick<NamedData, 'train' | 'test'>
  config: Pick<Config, 'iterations' | 'batchSize' | 'checkpointEvery'>
  events: TrainingEvents
  interruption: Pick<Interruption, 'signal' | 'breathe'>
}

/** Trains to the last iteration, an interruption, or the first number that is none, with an evaluation each epoch. */
export async function runTraining(run: Run): Promise<Outcome> {
  const { training, model, data, config, events, interruption } = run
  const perEpoch = stepsPerEpoch(data.train.labels.length, config.batchSize)
  const saveEvery = config.checkpointEvery || perEpoch
  const watch = createStopwatch()
  const begun = training.iteration
  const speed = (steps: number, seconds: number) => (steps === 0 ? 0 : (steps * config.batchSize) / seconds)
  const outcome = () => ({
    steps: training.iteration - begun,
    samplesPerSecond: speed(training.iteration - begun, watch.seconds),
  })
  const [onTrain, onTest] = [createEvaluator(model, data.train), createEvaluator(model, data.test)]
  const quality = (): Quality => {
    const { accuracy, loss } = onTest()
    return { trainAccuracy: onTrain().accuracy, testAccuracy: accuracy, testLoss: loss }
  }

  const states = watchStates(training)
  const diverged = (what: string): Outcome => ({
    ...{ kind: 'diverged', what, iteration: training.iteration, lastGood: states.last() },
    ...outcome(),
  })
  let epoch = { iteration: begun, seconds: 0 }
  let latest: Quality | undefined

  while (training.iteration < config.iterations) {
    const until = Math.min(
      config.iterations,
      ...[perEpoch, saveEvery, GUARD].map((every) => (Math.floor(training.iteration / every) + 1) * every),
    )
    while (training.iteration < until) {
      const loss = watch.run(() => takeSteps(training, until))
      const { iteration } = training
      if (!Number.isFinite(loss)) return diverged('the loss')
      events.progress({ iteration, loss, samplesPerSecond: outcome().samplesPerSecond })
      await interruption.breathe()
      if (interruption.signal.aborted) return { kind: 'interrupted', state: training.state(), ...outcome() }
    }
    if (!states.look()) return diverged('a weight')
    const { iteration } = training
    const ended = iteration === config.iterations
    if (iteration % perEpoch === 0 || ended) {
      latest = quality()
      if (!Number.isFinite(latest.testLoss)) return diverged('the loss on images not trained with')
      await events.epoch({
        epoch: iteration / perEpoch,
        iteration,
        loss: training.takeMeanLoss(),
        ...latest,
        samplesPerSecond: speed(iteration - epoch.iteration, watch.seconds - epoch.seconds),
      })
      epoch = { iteration, seconds: watch.seconds }
    }
    if (iteration % saveEvery === 0 || ended) await events.checkpoint(training.state())
  }
  return { kind: 'done', ...(latest ?? quality()), ...outcome() }
}

/** Steps up to an iteration, or for as long as a breath lasts; answers the last loss, the first that is no number. */
function takeSteps(training: Training, until: number): number {
  const end = performance.now() + BREATH
  let loss: number
  do loss = training.step()
  while (Number.isFinite(loss) && training.iteration < until && performance.now() < end)
  return loss
}
