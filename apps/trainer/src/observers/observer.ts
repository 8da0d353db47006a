import type { EpochMetrics, TrainingProgress } from '@gosa/training'

/** Watches a run, and shows or saves what it sees. */
export interface Observer {
  /** Called several times a second. */
  progress?(progress: TrainingProgress): void
  /** Called after each evaluation, at the end of an epoch or of the run. Training waits for the promise. */
  epoch?(metrics: EpochMetrics): void | Promise<void>
}

/** The time that a run still takes at its present speed. */
export const secondsLeft = (
  { iteration, samplesPerSecond }: Pick<TrainingProgress, 'iteration' | 'samplesPerSecond'>,
  { iterations, batchSize }: { iterations: number; batchSize: number },
): number => ((iterations - iteration) * batchSize) / samplesPerSecond
