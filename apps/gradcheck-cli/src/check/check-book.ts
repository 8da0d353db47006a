import type { Verdict } from '@gosa/gradcheck'
import { type BookData, HIDDEN, nameOf } from '../book/book-case.ts'
import { joinEntries } from '../book/join-entries.ts'
import { slicesOf } from '../book/slices.ts'
import type { PackedReport } from '../jobs/pack-report.ts'
import { type Ask, answerOf } from './ask.ts'
import { type CaseResult, gravest, ofProblem, ofReport } from './case-result.ts'

/**
 * The book's check: all that is said of the network as a whole, and where every entry is looked at, the weights slice by
 * slice.
 */
export async function checkBook(book: BookData, full: boolean, ask: Ask): Promise<CaseResult[]> {
  const { inputSize, classes } = book
  const shapes = { W1: [inputSize, HIDDEN], b1: [HIDDEN], W2: [HIDDEN, classes], b2: [classes] }
  const slices = full ? slicesOf(shapes) : []
  const outcomes = await ask([{ kind: 'book' }, ...slices.map((rows) => ({ kind: 'book' as const, rows }))])
  const reports: PackedReport[] = []
  for (const outcome of outcomes) {
    if ('problem' in outcome) return [ofProblem(nameOf(book), outcome.problem)]
    reports.push(answerOf(outcome.result, 'report'))
  }
  const [whole, ...parts] = reports
  if (!full) return [ofReport(whole)]
  const entries = joinEntries(parts.map(({ entries: [entry] }, i) => ({ rows: slices[i], entry })))
  const found: Verdict = whole.findings.length > 0 ? 'fail' : 'pass'
  const verdict = gravest([found, ...entries.map((entry) => entry.verdict)])
  return [ofReport({ ...whole, ok: verdict === 'pass', verdict, mode: 'full', entries })]
}
