import { formatCount, formatNumber } from '@gosa/charts/text'
import type { Colors, Output } from '@gosa/cli-kit'
import { type CaseResult, type EntryResult, worstVerdict } from '../cases/case-result.ts'
import { problemLines } from '../errors/user-frame.ts'
import { texts } from '../texts.ts'
import { colorVerdict, entryTable } from './entry-table.ts'

/*
 * Results on the terminal. What passes is a detail, which `--quiet` leaves out; what does not pass is always shown.
 */

/** Results with what is shown above them. */
export interface CheckedCases {
  readonly title?: readonly string[]
  /** Whether these are many small cases, for each of which one line is enough. */
  readonly isSuite?: boolean
  readonly results: readonly CaseResult[]
}

/** Shows the results: each case in full, or of a suite one line per case and only failures in full; then a summary. */
export function showResults(
  { title = [], isSuite = false, results }: CheckedCases,
  output: Output,
  { seconds, folder }: { seconds: number; folder: string },
): void {
  for (const line of title.flatMap((text) => wrap(text, output.columns))) output.detail(line)
  if (title.length > 0) output.detail()
  const nameWidth = Math.max(...results.map(({ name }) => name.length))
  const hasOwnTitle = title.length > 0 && !isSuite
  for (const result of results) {
    const heading = isSuite ? suiteLine(result, nameWidth, output.colors) : caseHeading(result, output.colors)
    const details = isSuite && result.ok ? [] : caseDetails(result, output, folder)
    for (const line of hasOwnTitle ? details : [heading, ...details]) {
      if (result.ok) output.detail(line)
      else output.result(line)
    }
    if (!isSuite) output.detail()
  }
  if (isSuite) output.detail()
  output.result(summaryLine(results, seconds, output.colors))
}

/** A case in one line: its name, verdict and largest error. */
function suiteLine({ name, verdict, entries }: CaseResult, nameWidth: number, colors: Colors): string {
  const largest = entries.reduce((most, { maxRelativeError }) => Math.max(most, maxRelativeError), 0)
  const error =
    entries.length > 0 ? `  ${colors.dim(texts().results.maxRelative(formatNumber(largest)))}` : ''
  return `${name.padEnd(nameWidth)}  ${colorVerdict(verdict, colors)}${error}`
}

const caseHeading = ({ name, module, verdict }: CaseResult, colors: Colors): string =>
  `${colors.bold(module === undefined ? name : `${module}: ${name}`)}  ${colorVerdict(verdict, colors)}`

/** Everything known about a case, in lines that fit into the terminal if possible. Paths are relative to `folder`. */
export function caseDetails(
  { entries, findings, notes, problem }: CaseResult,
  { columns, colors }: Pick<Output, 'columns' | 'colors'>,
  folder: string,
): string[] {
  const failures = caseFailures({ entries, findings })
  return [
    ...(entries.length > 0 ? entryTable(entries, columns, colors) : []),
    ...failures.flatMap((text) => wrap(text, columns).map(colors.red)),
    ...notes.flatMap((note) => wrap(texts().results.note(note), columns).map(colors.dim)),
    ...(problem ? problemLines(problem, folder) : []),
  ]
}

/** What is wrong with a case, a line for each entry and finding. */
export const caseFailures = ({ entries, findings }: Pick<CaseResult, 'entries' | 'findings'>): string[] => [
  ...entries.flatMap((entry) => [...wrongLine(entry), ...unclearLine(entry)]),
  ...findings.map(({ name, message }) => `${name}: ${message}`),
]

/** `W: 1 of 12 entries is wrong: transposed`. */
function wrongLine({ name, wrong, compared, cause }: EntryResult): string[] {
  if (wrong === 0) return []
  const cited = cause ? `: ${cause}` : ''
  return [`${texts().results.wrong(name, wrong, compared)}${cited}`]
}

/** `W: 2 of 12 entries cannot be judged: …`. */
const unclearLine = ({ name, unclear, compared, maxNumericalError }: EntryResult): string[] =>
  unclear === 0 ? [] : [texts().results.unclear(name, unclear, compared, formatNumber(maxNumericalError))]

/** `fail: 18 of 19 cases pass, 38,994 gradients compared, 2.10 s`. */
function summaryLine(results: readonly CaseResult[], seconds: number, colors: Colors): string {
  const verdict = worstVerdict(results.map((result) => result.verdict))
  const compared = results.flatMap(({ entries }) => entries).reduce((sum, entry) => sum + entry.compared, 0)
  const passed = results.filter(({ ok }) => ok).length
  const { casesPass, summary } = texts().results
  const cases = results.length === 1 ? '' : casesPass(passed, results.length)
  return summary(colorVerdict(verdict, colors), cases, formatCount(compared), seconds.toFixed(2))
}

/** Wraps text at spaces to lines of at most `columns` characters; all but the first are indented. */
export function wrap(text: string, columns: number, indent = '  '): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > columns) {
      lines.push(line)
      line = indent + word
    } else line += line === '' ? word : ` ${word}`
  }
  return [...lines, line]
}
