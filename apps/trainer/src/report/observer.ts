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
