import { showShape } from '@gosa/linalg'
import type { Entry, Report } from './report.ts'

const HEAD = [
  'name',
  'shape',
  'mean |a − n|',
  'max relative',
  'worst at',
  'analytic',
  'numerical',
  'kinks',
  'verdict',
]

/** A report as a table for a terminal, with what else was found below. */
export function table(report: Omit<Report, 'toString'>): string {
  const { name, verdict, method, mode, dtype, seed } = report
  const rows = [HEAD, ...report.entries.map(cells)]
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column].length)))
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]))
      .join('  ')
      .trimEnd(),
  )
  return [
    `${name}: ${verdict} (${method}, ${mode}, ${dtype}, seed ${seed})`,
    ...(report.entries.length > 0 ? lines : []),
    ...report.entries.flatMap((entry) => (entry.cause ? [`${entry.name}: ${entry.cause}`] : [])),
    ...report.findings.map((finding) => `${finding.name}: ${finding.message}`),
    ...report.notes.map((note) => `note: ${note}`),
  ].join('\n')
}

function cells(entry: Entry): string[] {
  const { worst } = entry
  return [
    entry.name,
    showShape(entry.shape),
    short(entry.meanAbsoluteDifference),
    short(entry.maxRelativeError),
    worst ? showShape(worst.index) : '–',
    worst ? number(worst.analytic) : '–',
    worst ? number(worst.numerical) : '–',
    String(entry.kinks),
    entry.verdict,
  ]
}

const short = (value: number): string => (value === 0 ? '0' : value.toExponential(1))
const number = (value: number): string => String(Number(value.toPrecision(6)))
