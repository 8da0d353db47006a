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

/** The lines of the table of epochs, no wider than a line of the terminal. */
export function epochTable(columns: number): { head: string; row(metrics: EpochMetrics): string } {
  let width = 0
  const fitting = COLUMNS.filter((column) => (width += column.width) <= columns)
  const line = (show: (column: Column) => string) =>
    fitting.map((column) => show(column).padStart(column.width)).join('')
  return {
    head: line(({ title }) => title),
    row: (metrics) => line(({ show }) => show(metrics)),
  }
}
