import { suiteCases } from '../suite/suite-cases.ts'
import { type Ask, resultOf } from './ask.ts'
import type { CaseResult } from './case-result.ts'

/** Every built-in layer, loss and network. */
export async function checkSuite(seed: number, ask: Ask): Promise<CaseResult[]> {
  const cases = suiteCases(seed)
  const outcomes = await ask(cases.map((_, index) => ({ kind: 'suite', index })))
  return outcomes.map((outcome, i) => resultOf(cases[i].name, outcome))
}
