import {
  afterEpoch,
  areFinite,
  createQualityMeter,
  type EarlyState,
  isBetter,
  type Quality,
  stepsPerEpoch,
  type Training,
  type TrainingState,
  weightsOf,
} from '@gosa/training-kit'
import { createCadence } from './cadence.ts'
import { createGoodStates } from './good-states.ts'
import { momentsOf } from './moments.ts'
import type { Outcome, Run } from './run.ts'
import { createStopwatch } from './stopwatch.ts'

export type { TrainingEvents } from './run.ts'
export type { Outcome, Quality, Run }

/** How often the weights are looked at, and a copy of good ones is kept, in steps. */
const GUARD = 100

/** How long steps are taken without listening for Ctrl-C, in ms. */
const BREATH = 50

/**
 * Trains to the last iteration, to where patience ends, an interruption, or the first number that is none, with an
 * evaluation each epoch.
 */
export async function runTraining(run: Run): Promise<Outcome> {
  const { training, model, data, config, events, interruption } = run
  const { signal } = interruption
  const { iterations, batchSize, checkpointEvery, patience, bestBy = 'loss' } = config
  const images = data.train.labels.length
  const moments = momentsOf(config, images)
  const cadence = createCadence(checkpointEvery, stepsPerEpoch(images, batchSize), run.now)
  const measure = createQualityMeter(model, data)
  const watch = createStopwatch()
  const begun = training.iteration
  let early: EarlyState | undefined = patience ? (run.early ?? { waited: 0 }) : undefined
  let epoch = { samples: 0, seconds: 0 }
  let latest: Quality | undefined

  const state = (): TrainingState => ({ ...training.state(), ...(early && { early }) })
  const states = createGoodStates(state())
  const isOver = () => training.iteration >= iterations || (early && early.waited >= (patience ?? Infinity))
  const speed = (since = { samples: 0, seconds: 0 }) =>
    training.samples === since.samples
      ? 0
      : (training.samples - since.samples) / (watch.seconds - since.seconds)
  const ending = () => ({ steps: training.iteration - begun, samplesPerSecond: speed() })
  const diverged = (what: string): Outcome => {
    const { iteration } = training
    const lastGood = states.last(iteration)
    return { kind: 'diverged', what, where: training.notFinite(), iteration, lastGood, ...ending() }
  }

  while (!isOver()) {
    const { iteration: from } = training
    const guard = (Math.floor(from / GUARD) + 1) * GUARD
    const until = Math.min(iterations, moments.next(from), cadence.next(from), guard)
    while (training.iteration < until) {
      const loss = watch.run(() => takeSteps(training, until))
      const { iteration } = training
      if (!Number.isFinite(loss)) return diverged('the loss')
      events.progress({ iteration, loss, samplesPerSecond: speed() })
      await interruption.breathe()
      if (signal.aborted || cadence.due(iteration)) break
    }
    if (!areFinite(weightsOf(model))) return diverged('a weight')
    const { iteration } = training
    const whole = moments.at(iteration)
    if (whole || iteration === iterations) {
      latest = measure()
      if (!Number.isFinite(latest.testLoss)) return diverged('the loss on images not trained with')
      const best = early && isBetter(latest, early.best, bestBy)
      // What is measured in the middle of an epoch, because a run ends there, leaves no trace in a longer one.
      if (whole && early) {
        early = afterEpoch(early, { iteration, quality: latest, weights: training.state().weights }, bestBy)
      }
      await events.epoch({
        epoch: moments.epochs(iteration),
        iteration,
        loss: whole ? training.takeMeanLoss() : training.meanLoss(),
        ...latest,
        samplesPerSecond: speed(epoch),
        learningRate: training.learningRate,
        ...(early && { best }),
      })
      epoch = { samples: training.samples, seconds: watch.seconds }
    }
    const now = state()
    states.keep(now)
    if (cadence.due(iteration) || isOver()) {
      await events.checkpoint(now)
      cadence.written()
    }
    if (signal.aborted && !isOver()) return { kind: 'interrupted', state: now, ...ending() }
  }
  const { iteration } = training
  const quality = latest ?? measure()
  const last = { iteration, quality, weights: training.state().weights }
  const result = early && !isBetter(quality, early.best, bestBy) ? (early.best ?? last) : last
  return { kind: 'done', result, stoppedEarly: iteration < iterations, ...result.quality, ...ending() }
}

/** Steps up to an iteration, or for as long as a breath lasts; answers the last loss, the first that is no number. */
function takeSteps(training: Training, until: number): number {
  const end = performance.now() + BREATH
  let loss: number
  do loss = training.step()
  while (Number.isFinite(loss) && training.iteration < until && performance.now() < end)
  return loss
}
