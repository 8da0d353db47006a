import type { EpochMetrics } from '../run-folder/metrics.ts'

/** Where training stands between two epochs. */
export interface Progress {
  /** The number of iterations so far. */
  iteration: number
  /** The loss of the last batch. */
  loss: number
  samplesPerSecond: number
}

/** Watches a run, and shows or saves what it sees. */
export interface Observer {
  /** Called several times a second. */
  progress?(progress: Progress): void
  /** Called after each evaluation, at the end of an epoch or of the run. Training waits for the promise. */
  epoch?(metrics: EpochMetrics): void | Promise<void>
}

/** The time that a run still takes at its present speed. */
export const secondsLeft = (
  { iteration, samplesPerSecond }: Pick<Progress, 'iteration' | 'samplesPerSecond'>,
  { iterations, batchSize }: { iterations: number; batchSize: number },
): number => ((iterations - iteration) * batchSize) / samplesPerSecond
