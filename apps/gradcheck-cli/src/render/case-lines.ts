import type { Output } from '@gosa/cli-kit'
import type { CaseResult } from '../check/case-result.ts'
import type { PackedEntry } from '../jobs/pack-report.ts'
import { entryTable } from './entry-table.ts'
import { figure } from './numbers.ts'
import { paintVerdict } from './paint-verdict.ts'
import { problemLines } from './problem-lines.ts'
import { wrap } from './wrap.ts'

type Surface = Pick<Output, 'columns' | 'paint'>

/** A case in one line: its name, its verdict, its largest error. */
export function caseLine({ name, verdict, entries }: CaseResult, { paint }: Surface, width: number): string {
  const largest = entries.reduce((most, { maxRelativeError }) => Math.max(most, maxRelativeError), 0)
  const figures = entries.length > 0 ? `  ${paint.dim(`max rel ${figure(largest)}`)}` : ''
  return `${name.padEnd(width)}  ${paintVerdict(verdict, paint)}${figures}`
}

/** What a case is called, and its verdict. */
export function caseHead({ name, module, verdict }: CaseResult, { paint }: Surface): string {
  return `${paint.bold(module === undefined ? name : `${module}: ${name}`)}  ${paintVerdict(verdict, paint)}`
}

/** All that is known of a case, in lines of the terminal's width where that can be. */
export function caseDetails(result: CaseResult, { columns, paint }: Surface, folder: string): string[] {
  const { entries, findings, notes, problem } = result
  const wrong = entries.flatMap((entry) => [...wrongLine(entry), ...unclearLine(entry)])
  const found = findings.map(({ name, message }) => `${name}: ${message}`)
  return [
    ...(entries.length > 0 ? entryTable(entries, columns, paint) : []),
    ...[...wrong, ...found].flatMap((text) => wrap(text, columns).map(paint.red)),
    ...notes.flatMap((note) => wrap(`note: ${note}`, columns).map(paint.dim)),
    ...(problem ? problemLines(problem, folder) : []),
  ]
}

/** `W: 1 of 12 is wrong: transposed`. */
const wrongLine = ({ name, wrong, compared, cause }: PackedEntry): string[] =>
  wrong === 0 ? [] : [`${name}: ${wrong} of ${compared} ${is(wrong)} wrong${cause ? `: ${cause}` : ''}`]

const unclearLine = ({ name, unclear, compared, maxNumericalError }: PackedEntry): string[] =>
  unclear === 0
    ? []
    : [
        `${name}: ${unclear} of ${compared} cannot be judged: numerical values may be off by ${figure(maxNumericalError)}`,
      ]

const is = (count: number): string => (count === 1 ? 'is' : 'are')
