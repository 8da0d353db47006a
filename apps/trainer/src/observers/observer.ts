import { type Curve, createCurve, type EpochMetrics, type TrainingProgress } from '@gosa/training'

/** What watches a run, and the history from which its report is made. */

/** Watches a run, and shows or saves what it sees. */
export interface Observer {
  /** Called several times a second. */
  progress?(progress: TrainingProgress): void
  /** Called after each evaluation, at the end of an epoch or of the run. Training waits for the promise. */
  epoch?(metrics: EpochMetrics): void | Promise<void>
}

/** What was measured in a run so far, for its report. */
export interface RunHistory {
  /** The losses of single batches, by iteration. */
  readonly losses: Curve
  readonly epochs: readonly EpochMetrics[]
}

/** A history that its observer adds to; `earlier` are the epochs before the run was resumed. */
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

/** The time that a run still takes at its present speed. */
export const secondsLeft = (
  { iteration, samplesPerSecond }: Pick<TrainingProgress, 'iteration' | 'samplesPerSecond'>,
  { iterations, batchSize }: { iterations: number; batchSize: number },
): number => ((iterations - iteration) * batchSize) / samplesPerSecond
