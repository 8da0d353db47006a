import { usageError } from '@gosa/cli-kit'
import { suiteCases } from '../suite/suite-cases.ts'
import { type Ask, resultOf } from './ask.ts'
import type { CaseResult } from './case-result.ts'

/** Every built-in layer, loss and network; or those in whose name `only` stands, with a usage error where none does. */
export async function checkSuite(seed: number, ask: Ask, only = ''): Promise<CaseResult[]> {
  const cases = suiteCases(seed)
    .map(({ name }, index) => ({ name, index }))
    .filter(({ name }) => name.includes(only))
  if (cases.length === 0) throw usageError(`no case of the suite has ${only} in its name`)
  const outcomes = await ask(cases.map(({ index }) => ({ kind: 'suite', index })))
  return outcomes.map((outcome, i) => resultOf(cases[i].name, outcome))
}
