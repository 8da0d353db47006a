import type { Paint } from '@gosa/cli-kit'
import { type CaseResult, gravest } from '../check/case-result.ts'
import { grouped } from './numbers.ts'
import { paintVerdict } from './paint-verdict.ts'

/** `fail: 18 of 19 cases, 38,994 gradients compared, 2 s`. */
export function summary(results: readonly CaseResult[], seconds: number, paint: Paint): string {
  const verdict = gravest(results.map((result) => result.verdict))
  const compared = results.flatMap(({ entries }) => entries).reduce((sum, entry) => sum + entry.compared, 0)
  const good = results.filter(({ ok }) => ok).length
  const cases = results.length === 1 ? '' : `${good} of ${results.length} cases pass, `
  return `${paintVerdict(verdict, paint)}: ${cases}${grouped(compared)} gradients compared, ${seconds.toFixed(2)} s`
}
