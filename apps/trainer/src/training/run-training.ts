import {
  areFinite,
  type Quality,
  stepsPerEpoch,
  type Training,
  type TrainingState,
  weightsOf,
} from '@gosa/training'
import { createCadence } from './cadence.ts'
import { createEvaluations } from './evaluations.ts'
import { createGoodStates } from './good-states.ts'
import { momentsOf } from './moments.ts'
import { createPace } from './pace.ts'
import type { Outcome, Run } from './run.ts'

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
  const images = data.train.labels.length
  const moments = momentsOf(config, images)
  const cadence = createCadence(config.checkpointEvery, stepsPerEpoch(images, config.batchSize), run.now)
  const evaluations = createEvaluations(run, moments)
  const pace = createPace(training)
  const begun = training.iteration

  const state = (): TrainingState => ({ ...training.state(), early: evaluations.early() })
  const states = createGoodStates(state())
  const isOver = () => training.iteration >= config.iterations || evaluations.exhausted()
  const ending = () => ({ steps: training.iteration - begun, samplesPerSecond: pace.overall() })
  const diverged = (what: string): Outcome => {
    const { iteration } = training
    const lastGood = states.last(iteration)
    return { kind: 'diverged', what, where: training.notFinite(), iteration, lastGood, ...ending() }
  }

  while (!isOver()) {
    const { iteration: from } = training
    const guard = (Math.floor(from / GUARD) + 1) * GUARD
    const until = Math.min(config.iterations, moments.next(from), cadence.next(from), guard)
    while (training.iteration < until) {
      const loss = pace.run(() => takeSteps(training, until))
      const { iteration } = training
      if (!Number.isFinite(loss)) return diverged('the loss')
      events.progress({ iteration, loss, samplesPerSecond: pace.overall() })
      await interruption.breathe()
      if (signal.aborted || cadence.due(iteration)) break
    }
    if (!areFinite(weightsOf(model))) return diverged('a weight')
    const { iteration } = training
    if (moments.at(iteration) || iteration === config.iterations) {
      const metrics = evaluations.evaluate()
      if (!Number.isFinite(metrics.testLoss)) return diverged('the loss on images not trained with')
      await events.epoch({ ...metrics, samplesPerSecond: pace.lately() })
    }
    const now = state()
    states.keep(now)
    if (cadence.due(iteration) || isOver()) {
      await events.checkpoint(now)
      cadence.written()
    }
    if (signal.aborted && !isOver()) return { kind: 'interrupted', state: now, ...ending() }
  }
  const result = evaluations.result()
  const stoppedEarly = training.iteration < config.iterations
  return { kind: 'done', result, stoppedEarly, ...result.quality, ...ending() }
}

/** Steps up to an iteration, or for as long as a breath lasts; answers the last loss, the first that is no number. */
function takeSteps(training: Training, until: number): number {
  const end = performance.now() + BREATH
  let loss: number
  do loss = training.step()
  while (Number.isFinite(loss) && training.iteration < until && performance.now() < end)
  return loss
}
