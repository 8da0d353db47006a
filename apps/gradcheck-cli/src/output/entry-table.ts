import { formatNumber, formatSignificant, textTable } from '@gosa/charts/text'
import type { Colors } from '@gosa/cli-kit'
import type { Verdict } from '@gosa/gradcheck'
import type { EntryResult } from '../cases/case-result.ts'

type Column = readonly [title: string, cell: (entry: EntryResult) => string]

const formatIndex = (index: readonly number[]): string => (index.length === 0 ? '' : `(${index.join(', ')})`)

const NAME: Column = ['', ({ name }) => name]
const SHAPE: Column = ['shape', ({ shape }) => formatIndex(shape) || 'number']
const MEAN: Column = ['mean diff', ({ meanAbsoluteDifference: mean }) => formatNumber(mean)]
const RELATIVE: Column = ['max rel', ({ maxRelativeError: most }) => formatNumber(most)]
const WORST: Column = ['worst at', ({ worst }) => (worst ? formatIndex(worst.index) : '')]
const ANALYTIC: Column = ['backprop', ({ worst }) => (worst ? formatSignificant(worst.analytic, 5) : '')]
const NUMERICAL: Column = ['numerical', ({ worst }) => (worst ? formatSignificant(worst.numerical, 5) : '')]
const KINKS: Column = ['kinks', ({ kinks }) => String(kinks)]
const VERDICT: Column = ['verdict', ({ verdict }) => verdict]

/** The columns of the table, and those for terminals that are too narrow for them. */
const LAYOUTS = [
  [NAME, SHAPE, MEAN, RELATIVE, WORST, ANALYTIC, NUMERICAL, KINKS, VERDICT],
  [NAME, MEAN, RELATIVE, WORST, ANALYTIC, NUMERICAL, KINKS, VERDICT],
]

/**
 * The entries of a result as a table, one row each, if it fits into `columns`; else each entry as a block of lines.
 *
 * "mean diff" is the mean absolute difference, as in the book; "max rel" the maximum relative error.
 */
export function entryTable(entries: readonly EntryResult[], columns: number, colors: Colors): string[] {
  for (const layout of LAYOUTS) {
    const rows = [
      layout.map(([title]) => title),
      ...entries.map((entry) => layout.map(([, cell]) => cell(entry))),
    ]
    if (Math.max(...textTable(rows).map((line) => line.length)) > columns) continue
    return textTable(rows, {
      paint: (cell, row, column) => {
        if (row === 0) return colors.dim(cell)
        return column === layout.length - 1 ? colorVerdict(cell as Verdict, colors) : cell
      },
    })
  }
  return entries.flatMap((entry) => entryBlock(entry, colors))
}

/** An entry for a narrow terminal: a line for each column. */
function entryBlock(entry: EntryResult, colors: Colors): string[] {
  const lines = [SHAPE, MEAN, RELATIVE, WORST, ANALYTIC, NUMERICAL, KINKS].map(
    ([title, cell]) => `  ${colors.dim(title.padEnd(10))}${cell(entry)}`,
  )
  return [`${entry.name}: ${colorVerdict(entry.verdict, colors)}`, ...lines]
}

const VERDICT_COLORS = { pass: 'green', fail: 'red', inconclusive: 'yellow' } as const

/** A verdict in its colour. */
export const colorVerdict = (verdict: Verdict, colors: Colors): string =>
  colors[VERDICT_COLORS[verdict]](verdict)
