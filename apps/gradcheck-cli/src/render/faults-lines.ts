import type { Paint } from '@gosa/cli-kit'
import type { FaultsResult } from '../check/check-faults.ts'
import type { Rival } from '../faults/rivals.ts'

const RIVALS: readonly (readonly [Rival, name: string])[] = [
  ['book', "the book's, mean < 1e-6"],
  ['pytorch', "PyTorch's gradcheck"],
]

/** How the checker did, beside the rules of others; and what it missed or wrongly accused, by name. */
export function faultsLines(result: FaultsResult, paint: Paint): string[] {
  const { planted, missed, trials, falseAlarms, accused, inconclusive, rivals } = result
  const rows = [
    ['rule', 'faults missed', 'false alarms'],
    ['gosa-gradcheck', String(missed.length), String(falseAlarms)],
    ...RIVALS.map(([rival, name]) => [name, String(rivals[rival].missed), String(rivals[rival].falseAlarms)]),
  ]
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)))
  const table = rows.map(([name, ...figures]) =>
    [name.padEnd(widths[0]), ...figures.map((figure, i) => figure.padStart(widths[i + 1]))].join('  '),
  )
  const [head, ...body] = table
  return [
    `${planted} faults planted, ${trials} pieces of correct code`,
    '',
    paint.dim(head),
    ...body,
    ...(inconclusive > 0 ? ['', `of correct code ${inconclusive} could not be judged`] : []),
    ...(missed.length > 0 || accused.length > 0 ? [''] : []),
    ...missed.map((name) => paint.red(`missed: ${name}`)),
    ...accused.map((name) => paint.red(`wrongly accused: ${name}`)),
  ]
}
