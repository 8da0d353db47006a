import type { CaseResult } from '../cases/case-result.ts'
import { texts } from '../texts.ts'

/*
 * What an interrupted check has found out so far.
 */

/** The cases that were checked to the end, how much was compared in all, and the cases that did not pass. */
export function interruptedLines(
  finished: readonly CaseResult[],
  { share, seconds }: { share: number; seconds: number },
): string[] {
  const { interrupted, verdicts } = texts()
  const compared = share > 0 ? [interrupted.share(Math.floor(100 * share))] : []
  const notPassed = finished.filter(({ ok }) => !ok)
  return [
    [interrupted.summary(finished.length, seconds.toFixed(1)), ...compared].join('; '),
    ...notPassed.map(({ name, verdict }) => interrupted.notPassed(name, verdicts[verdict])),
  ]
}
