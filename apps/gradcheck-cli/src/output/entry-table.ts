import { formatNumber, formatSignificant, textTable, textWidth } from '@gosa/charts/text'
import type { Colors } from '@gosa/cli-kit'
import type { Verdict } from '@gosa/gradcheck'
import { type CellFormat, REPORT_COLUMNS, type ReportColumn } from '@gosa/gradcheck/report'
import type { EntryResult } from '../cases/case-result.ts'
import { texts } from '../texts.ts'

/*
 * The entries of a result as a table for the terminal: the columns of every report, with short titles and numbers.
 */

/** Titles that are shorter than those of a report, so that the table fits into 80 columns; names need none. */
const titleOf = ({ key }: ReportColumn): string => (key === 'name' ? '' : texts().columns[key])

const formatIndex = (index: readonly number[]): string => (index.length === 0 ? '' : `(${index.join(', ')})`)

const FORMAT: CellFormat = {
  shape: (shape) => formatIndex(shape) || 'number',
  index: formatIndex,
  error: formatNumber,
  derivative: (value) => formatSignificant(value, 5),
  missing: '',
}

const cellOf = ({ key, cell }: ReportColumn, entry: EntryResult): string =>
  key === 'verdict' ? texts().verdicts[entry.verdict] : cell(entry, FORMAT)

const padded = (text: string, width: number): string =>
  text + ' '.repeat(Math.max(0, width - textWidth(text)))

/** All columns, and those for a terminal that is too narrow for them. */
const LAYOUTS = [REPORT_COLUMNS, REPORT_COLUMNS.filter(({ key }) => key !== 'shape')]

/**
 * The entries as a table, one row each, if it fits into `columns`; else each entry as a block of lines.
 *
 * "mean diff" is the mean absolute difference, as in the book; "max rel" the maximum relative error.
 */
export function entryTable(entries: readonly EntryResult[], columns: number, colors: Colors): string[] {
  for (const layout of LAYOUTS) {
    const rows = [
      layout.map(titleOf),
      ...entries.map((entry) => layout.map((column) => cellOf(column, entry))),
    ]
    if (Math.max(...textTable(rows).map(textWidth)) > columns) continue
    return textTable(rows, {
      paint: (text, row, column) => {
        if (row === 0) return colors.dim(text)
        return layout[column].key === 'verdict'
          ? colors[VERDICT_COLORS[entries[row - 1].verdict]](text)
          : text
      },
    })
  }
  return entries.flatMap((entry) => entryBlock(entry, colors))
}

/** An entry for a narrow terminal: its name and verdict, then a line for each other column. */
function entryBlock(entry: EntryResult, colors: Colors): string[] {
  const lines = REPORT_COLUMNS.filter(({ key }) => key !== 'name' && key !== 'verdict').map(
    (column) => `  ${colors.dim(padded(titleOf(column), 10))}${cellOf(column, entry)}`,
  )
  return [`${entry.name}: ${colorVerdict(entry.verdict, colors)}`, ...lines]
}

const VERDICT_COLORS = { pass: 'green', fail: 'red', inconclusive: 'yellow' } as const

/** A verdict in its colour. */
export const colorVerdict = (verdict: Verdict, colors: Colors): string =>
  colors[VERDICT_COLORS[verdict]](texts().verdicts[verdict])
