import type { Paint } from '@gosa/cli-kit'
import type { PackedEntry } from '../jobs/pack-report.ts'
import { figure, fiveDigits, indices } from './numbers.ts'
import { paintVerdict } from './paint-verdict.ts'

type Column = readonly [title: string, cell: (entry: PackedEntry) => string]

const NAME: Column = ['', ({ name }) => name]
const SHAPE: Column = ['shape', ({ shape }) => indices(shape) || 'number']
const MEAN: Column = ['mean diff', ({ meanAbsoluteDifference: mean }) => figure(mean)]
const RELATIVE: Column = ['max rel', ({ maxRelativeError: most }) => figure(most)]
const WORST: Column = ['worst at', ({ worst }) => (worst ? indices(worst.index) : '')]
const ANALYTIC: Column = ['backprop', ({ worst }) => (worst ? fiveDigits(worst.analytic) : '')]
const NUMERICAL: Column = ['numerical', ({ worst }) => (worst ? fiveDigits(worst.numerical) : '')]
const KINKS: Column = ['kinks', ({ kinks }) => String(kinks)]

/** What is shown where there is room: the first that fits. */
const LAYOUTS = [
  [NAME, SHAPE, MEAN, RELATIVE, WORST, ANALYTIC, NUMERICAL, KINKS],
  [NAME, MEAN, RELATIVE, WORST, ANALYTIC, NUMERICAL, KINKS],
]

/**
 * A row for each entry, the verdict last: as a table where it fits into `columns`, else each row as a few short lines.
 *
 * "mean diff" is the mean absolute difference, the book's figure; "max rel" the maximum relative error.
 */
export function entryTable(entries: readonly PackedEntry[], columns: number, paint: Paint): string[] {
  for (const layout of LAYOUTS) {
    const rows = [
      layout.map(([title]) => title),
      ...entries.map((entry) => layout.map(([, cell]) => cell(entry))),
    ]
    const widths = layout.map((_, i) => Math.max(...rows.map((row) => row[i].length)))
    const verdict = Math.max('verdict'.length, ...entries.map((entry) => entry.verdict.length))
    const width = widths.reduce((sum, each) => sum + each + 2, 0) + verdict
    if (width > columns) continue
    const line = (row: readonly string[]): string => row.map((cell, i) => cell.padEnd(widths[i])).join('  ')
    const [head, ...body] = rows.map(line)
    return [
      paint.dim(`${head}  verdict`),
      ...body.map((row, i) => `${row}  ${paintVerdict(entries[i].verdict, paint)}`),
    ]
  }
  return entries.flatMap((entry) => asBlock(entry, paint))
}

/** For a narrow terminal. */
function asBlock(entry: PackedEntry, paint: Paint): string[] {
  const lines = [SHAPE, MEAN, RELATIVE, WORST, ANALYTIC, NUMERICAL, KINKS].map(
    ([title, cell]) => `  ${paint.dim(title.padEnd(10))}${cell(entry)}`,
  )
  return [`${entry.name}: ${paintVerdict(entry.verdict, paint)}`, ...lines]
}
