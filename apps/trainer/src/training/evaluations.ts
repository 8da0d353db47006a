import { afterEpoch, type Best, type EarlyState, isBetter, qualityOf } from '@gosa/training'
import type { EpochMetrics } from '../run/metrics.ts'
import type { Moments } from './moments.ts'
import type { Run } from './run.ts'

/** The evaluations of a run, and what follows from them. */
export interface Evaluations {
  /** Evaluates the network as it is; answers what the epoch has come to, and its speed is left to be filled in. */
  evaluate(): Omit<EpochMetrics, 'samplesPerSecond'>
  /** With patience: the best so far, and for how long it has been. */
  early(): EarlyState | undefined
  /** Whether patience has come to its end. */
  exhausted(): boolean
  /** What the run has come to: the weights as they are, or with patience the best ones. */
  result(): Best
}

export function createEvaluations(
  { training, model, data, config, early: from }: Run,
  moments: Moments,
): Evaluations {
  const { patience, bestBy = 'loss' } = config
  let early: EarlyState | undefined = patience ? (from ?? { waited: 0 }) : undefined
  let latest: Best | undefined

  const evaluated = (): Best => ({
    iteration: training.iteration,
    quality: qualityOf(model, data),
    weights: training.state().weights,
  })

  return {
    evaluate() {
      latest = evaluated()
      const { iteration, quality } = latest
      const best = early && isBetter(quality, early.best, bestBy)
      const whole = moments.at(iteration)
      // What is measured in the middle of an epoch, because a run ends there, leaves no trace in a longer one.
      if (whole && early) early = afterEpoch(early, latest, bestBy)
      return {
        epoch: moments.epochs(iteration),
        iteration,
        loss: whole ? training.takeMeanLoss() : training.meanLoss(),
        ...quality,
        learningRate: training.learningRate,
        ...(early && { best }),
      }
    },
    early: () => early,
    exhausted: () => early !== undefined && early.waited >= (patience ?? Infinity),
    result() {
      const last = latest ?? evaluated()
      return early?.best && !isBetter(last.quality, early.best, bestBy) ? early.best : last
    },
  }
}
