import { formatAccuracy, formatCount, formatEpoch, formatLoss, padStart, textWidth } from '@gosa/charts/text'
import type { Output } from '@gosa/cli-kit'
import type { EpochMetrics } from '@gosa/training'
import { runTexts } from '../texts/run.ts'
import type { Observer } from './observer.ts'

/** The table of epochs that `train` prints, a row for each, and the same as lines of JSON with `--json`. */

interface Column {
  title: keyof ReturnType<typeof runTexts>['columns']
  width: number
  show(metrics: EpochMetrics): string
}

/** In order of importance: a narrow terminal drops the last ones first. */
const COLUMNS: readonly Column[] = [
  { title: 'epoch', width: 5, show: ({ epoch }) => formatEpoch(epoch) },
  { title: 'loss', width: 10, show: ({ loss }) => formatLoss(loss) },
  { title: 'train', width: 8, show: ({ trainAccuracy }) => formatAccuracy(trainAccuracy) },
  { title: 'test', width: 8, show: ({ testAccuracy }) => formatAccuracy(testAccuracy) },
  { title: 'iterations', width: 12, show: ({ iteration }) => formatCount(iteration) },
  { title: 'samplesPerSecond', width: 12, show: ({ samplesPerSecond }) => formatCount(samplesPerSecond) },
]

/** After the other accuracies, if some images are held out. */
const VALIDATION: Column = {
  ...{ title: 'validation', width: 12 },
  show: ({ validationAccuracy }) =>
    validationAccuracy === undefined ? '' : formatAccuracy(validationAccuracy),
}

/** Prints the row of each epoch, and the head before the first one. */
export function epochTableObserver(output: Output, options: { validation: boolean }): Observer {
  let hasHead = false
  return {
    epoch(metrics) {
      // Made again for each row: the terminal may have been resized.
      const { head, row } = epochTable(output.columns, options)
      if (!hasHead) output.detail(output.colors.dim(head))
      hasHead = true
      output.detail(row(metrics))
      output.value({ event: 'epoch', ...metrics })
    },
  }
}

/** The lines of the table, at most `columns` wide. */
export function epochTable(
  columns: number,
  { validation }: { validation: boolean },
): { head: string; row(metrics: EpochMetrics): string } {
  const all = validation ? [...COLUMNS.slice(0, 4), VALIDATION, ...COLUMNS.slice(4)] : COLUMNS
  const titles = runTexts().columns
  const widthOf = ({ title, width }: Column) => Math.max(width, textWidth(titles[title]))
  let width = 0
  const fitting = all.filter((column) => (width += widthOf(column)) <= columns)
  const line = (show: (column: Column) => string) =>
    fitting.map((column) => padStart(show(column), widthOf(column))).join('')
  return {
    head: line(({ title }) => titles[title]),
    row: (metrics) => line(({ show }) => show(metrics)),
  }
}
