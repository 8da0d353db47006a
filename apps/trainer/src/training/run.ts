import type { Interruption } from '@gosa/cli-kit'
import type { Classifier, EarlyState, Quality, Sets, Training, TrainingState } from '@gosa/training'
import type { Config } from '../config/config.ts'
import type { EpochMetrics } from '../run/metrics.ts'

export interface TrainingEvents {
  /** Something for the line of progress. */
  progress(now: { iteration: number; loss: number; samplesPerSecond: number }): void
  /** An epoch has ended, or the last part of one. */
  epoch(metrics: EpochMetrics): Promise<void>
  /** Where training stands is worth being saved. */
  checkpoint(state: TrainingState): Promise<void>
}

/** What training works on and whom it tells. */
export interface Run {
  training: Training
  model: Classifier
  data: Sets
  config: Pick<Config, 'iterations' | 'batchSize' | 'checkpointEvery'> &
    Partial<Pick<Config, 'patience' | 'bestBy' | 'book'>>
  events: TrainingEvents
  interruption: Pick<Interruption, 'signal' | 'breathe'>
  /** What early stopping remembers of the run so far. */
  early?: EarlyState
  /** The time in ms, which decides about checkpoints alone. */
  now?: () => number
}

/** How training ended, and how fast it was: steps alone, the drawing of the batch included. */
export type Outcome = { samplesPerSecond: number; steps: number } & (
  | ({
      kind: 'done'
      /** The weights it has come to, the best ones with patience, and after which step; `Quality` is theirs. */
      result: Pick<TrainingState, 'weights' | 'iteration'>
      /** No epoch of the last ones was better than the best before. */
      stoppedEarly: boolean
    } & Quality)
  | { kind: 'interrupted'; state: TrainingState }
  /** `what` became NaN or infinite, `where`, after `iteration` steps; `lastGood` is the latest state known to be sound. */
  | { kind: 'diverged'; what: string; where?: string; iteration: number; lastGood: TrainingState }
)
