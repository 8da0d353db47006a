import type { EpochMetrics } from '../run/metrics.ts'
import { accuracy, count, epochs, loss } from './numbers.ts'

interface Column {
  title: string
  width: number
  show(metrics: EpochMetrics): string
}

/** In the order in which they are left out where a line is narrow, the last one first. */
const COLUMNS: readonly Column[] = [
  { title: 'epoch', width: 5, show: ({ epoch }) => epochs(epoch) },
  { title: 'loss', width: 10, show: (metrics) => loss(metrics.loss) },
  { title: 'train', width: 8, show: ({ trainAccuracy }) => accuracy(trainAccuracy) },
  { title: 'test', width: 8, show: ({ testAccuracy }) => accuracy(testAccuracy) },
  { title: 'iterations', width: 12, show: ({ iteration }) => count(iteration) },
  { title: 'samples/s', width: 12, show: ({ samplesPerSecond }) => count(samplesPerSecond) },
]

/** Behind the accuracies on the other images, where some are set aside. */
const ASIDE: Column = {
  ...{ title: 'set aside', width: 11 },
  show: ({ validationAccuracy }) => (validationAccuracy === undefined ? '' : accuracy(validationAccuracy)),
}

/** The lines of the table of epochs, no wider than a line of the terminal; `aside` says whether images are set aside. */
export function epochTable(
  columns: number,
  { aside = false }: { aside?: boolean } = {},
): { head: string; row(metrics: EpochMetrics): string } {
  let width = 0
  const all = aside ? [...COLUMNS.slice(0, 4), ASIDE, ...COLUMNS.slice(4)] : COLUMNS
  const fitting = all.filter((column) => (width += column.width) <= columns)
  const line = (show: (column: Column) => string) =>
    fitting.map((column) => show(column).padStart(column.width)).join('')
  return {
    head: line(({ title }) => title),
    row: (metrics) => line(({ show }) => show(metrics)),
  }
}
