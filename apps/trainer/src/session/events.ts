import type { Output } from '@gosa/cli-kit'
import { stepsPerEpoch } from '../config/config.ts'
import { epochTable } from '../report/epoch-table.ts'
import { progressLine } from '../report/progress-line.ts'
import { writeCheckpoint } from '../run/checkpoints.ts'
import { appendMetrics } from '../run/metrics.ts'
import type { TrainingEvents } from '../training/run-training.ts'
import type { Session } from './session.ts'

/** How long a line of progress stays, in ms: more often nobody can read it. */
const REFRESH = 100

/** Shows and keeps what happens in a run: progress, a line of a table for each epoch, metrics, checkpoints. */
export function eventsOf({ config, data, folder }: Session, output: Output): TrainingEvents {
  const { iterations, batchSize } = config
  const perEpoch = stepsPerEpoch(data.train.labels.length, batchSize)
  const table = epochTable(output.columns)
  let shown = 0
  let begun = false

  return {
    progress(now) {
      if (!output.showsProgress || performance.now() - shown < REFRESH) return
      shown = performance.now()
      output.progress(progressLine({ ...now, iterations, perEpoch, batchSize }, output.progressColumns))
    },
    async epoch(metrics) {
      if (!begun) output.detail(output.paint.dim(table.head))
      begun = true
      output.detail(table.row(metrics))
      output.value({ event: 'epoch', ...metrics })
      if (folder) await appendMetrics(folder, metrics)
    },
    async checkpoint(state) {
      if (folder) await writeCheckpoint(folder, state)
    },
  }
}
