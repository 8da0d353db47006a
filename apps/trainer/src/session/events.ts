import type { Output } from '@gosa/cli-kit'
import type { TrainingEvents } from '@gosa/training'
import { epochTable } from '../report/epoch-table.ts'
import type { Observer } from '../report/observer.ts'
import { writeCheckpoint } from '../run/checkpoints.ts'
import { appendMetrics } from '../run/metrics.ts'
import type { Session } from './session.ts'

/** Shows and keeps what happens in a run: a line of a table for each epoch, metrics, checkpoints; and tells observers. */
export function eventsOf(
  { folder, data }: Session,
  output: Output,
  observers: readonly Observer[] = [],
): TrainingEvents {
  // The terminal may get another width meanwhile.
  const table = () => epochTable(output.columns, { aside: data.validation !== undefined })
  let begun = false

  return {
    progress(now) {
      for (const observer of observers) observer.progress?.(now)
    },
    async epoch(metrics) {
      if (!begun) output.detail(output.paint.dim(table().head))
      begun = true
      output.detail(table().row(metrics))
      output.value({ event: 'epoch', ...metrics })
      if (folder) await appendMetrics(folder, metrics)
      for (const observer of observers) await observer.epoch?.(metrics)
    },
    async checkpoint(state) {
      if (folder) await writeCheckpoint(folder, state)
    },
  }
}
