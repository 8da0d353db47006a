import { formatSignificant, textTable } from '@gosa/charts/text'
import { type Shape, showShape } from '@gosa/linalg'
import type { CheckEntry, Report } from '../types/report.ts'

/** The columns of a report, which all tables of it share, and the table for a terminal. */

/** An entry without its gradients, which no column shows. */
export type ReportRow = Omit<CheckEntry, 'analytic' | 'numerical'>

/** A column of a report. */
export interface ReportColumn {
  readonly key: 'name' | 'shape' | 'mean' | 'max' | 'worst' | 'analytic' | 'numerical' | 'kinks' | 'verdict'
  readonly title: string
  cell(row: ReportRow, format: CellFormat): string
}

/** How the cells of a table are written. */
export interface CellFormat {
  shape(shape: Shape): string
  index(index: readonly number[]): string
  /** A difference or a relative error. */
  error(value: number): string
  /** An analytic or numerical derivative. */
  derivative(value: number): string
  /** The cells of the worst entry if nothing was compared. */
  readonly missing: string
}

/** The columns of a report, a row for each input and weight. */
export const COLUMNS: readonly ReportColumn[] = [
  { key: 'name', title: 'name', cell: ({ name }) => name },
  { key: 'shape', title: 'shape', cell: ({ shape }, format) => format.shape(shape) },
  {
    key: 'mean',
    title: 'mean |a − n|',
    cell: ({ meanAbsoluteDifference }, format) => format.error(meanAbsoluteDifference),
  },
  {
    key: 'max',
    title: 'max relative',
    cell: ({ maxRelativeError }, format) => format.error(maxRelativeError),
  },
  {
    key: 'worst',
    title: 'worst at',
    cell: ({ worst }, format) => (worst ? format.index(worst.index) : format.missing),
  },
  {
    key: 'analytic',
    title: 'analytic',
    cell: ({ worst }, format) => (worst ? format.derivative(worst.analytic) : format.missing),
  },
  {
    key: 'numerical',
    title: 'numerical',
    cell: ({ worst }, format) => (worst ? format.derivative(worst.numerical) : format.missing),
  },
  { key: 'kinks', title: 'kinks', cell: ({ kinks }) => String(kinks) },
  { key: 'verdict', title: 'verdict', cell: ({ verdict }) => verdict },
]

const TEXT: CellFormat = {
  shape: showShape,
  index: showShape,
  error: (value) => (value === 0 ? '0' : value.toExponential(1)),
  derivative: (value) => formatSignificant(value, 6),
  missing: '–',
}

/** A report as a table for a terminal, with causes, findings and notes below. */
export function reportText(report: Omit<Report, 'toString'>): string {
  const { name, verdict, method, mode, dtype, seed, entries, findings, notes } = report
  const rows = entries.map((entry) => COLUMNS.map(({ cell }) => cell(entry, TEXT)))
  return [
    `${name}: ${verdict} (${method}, ${mode}, ${dtype}, seed ${seed})`,
    ...(entries.length > 0 ? textTable([COLUMNS.map(({ title }) => title), ...rows]) : []),
    ...entries.flatMap((entry) => (entry.cause ? [`${entry.name}: ${entry.cause}`] : [])),
    ...findings.map((finding) => `${finding.name}: ${finding.message}`),
    ...notes.map((note) => `note: ${note}`),
  ].join('\n')
}
