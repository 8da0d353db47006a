import { type Curve, createCurve } from '@gosa/training'
import type { EpochMetrics } from '../run/metrics.ts'

/** Where training stands between two epochs. */
export interface Now {
  /** How many steps were taken. */
  iteration: number
  /** The loss of the last batch. */
  loss: number
  samplesPerSecond: number
}

/** One who looks on while a network learns, and shows or keeps what is seen. */
export interface Observer {
  /** Several times a second. */
  progress?(now: Now): void
  /** At the end of an epoch, or of the last part of one. Training waits until it has been kept. */
  epoch?(metrics: EpochMetrics): void | Promise<void>
}

/** What has been measured in a run so far, for its report. */
export interface RunHistory {
  /** Losses of single batches, by the number of steps. */
  readonly losses: Curve
  readonly epochs: readonly EpochMetrics[]
}

/** A history that grows as its observer is called; `earlier` are the epochs before the run was resumed. */
export function createHistory(earlier: readonly EpochMetrics[]): RunHistory & { observer: Observer } {
  const losses = createCurve()
  const epochs = [...earlier]
  return {
    losses,
    epochs,
    observer: {
      progress: ({ iteration, loss }) => losses.add(iteration, loss),
      epoch: (metrics) => void epochs.push(metrics),
    },
  }
}
