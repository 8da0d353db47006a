import type { CaseResult } from '../check/case-result.ts'

/** `19 cases: 18 passed, 1 failed`. */
export function summary(results: readonly CaseResult[]): string {
  const count = (verdict: string): number => results.filter((result) => result.verdict === verdict).length
  const parts = [
    [count('pass'), 'passed'],
    [count('fail'), 'failed'],
    [count('inconclusive'), 'inconclusive'],
  ].filter(([number], i) => i === 0 || number !== 0)
  const cases = results.length === 1 ? '1 case' : `${results.length} cases`
  return `${cases}: ${parts.map((part) => part.join(' ')).join(', ')}`
}
