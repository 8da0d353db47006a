import { usageError } from '@gosa/cli-kit'
import type { Problem } from '../errors/problem.ts'
import { NEEDED } from '../modules/find-cases.ts'
import { type Ask, answerOf, resultOf } from './ask.ts'
import type { CaseResult } from './case-result.ts'

/** A module on the command line. */
export interface Module {
  /** As it was typed. */
  readonly word: string
  readonly file: string
}

/** A module that could not be loaded. */
export class ModuleProblem extends Error {
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.message)
    this.problem = problem
  }
}

/**
 * Every case of every module; or those in whose name `only` stands. Throws a `ModuleProblem` where one cannot be loaded,
 * a usage error where one exports no case, or none is left.
 */
export async function checkModules(modules: readonly Module[], ask: Ask, only = ''): Promise<CaseResult[]> {
  const listed = await ask(modules.map(({ file }) => ({ kind: 'cases', file })))
  const cases = listed.flatMap((outcome, i) => {
    const { word, file } = modules[i]
    if ('problem' in outcome) throw new ModuleProblem(outcome.problem)
    const names = answerOf(outcome.result, 'names')
    if (names.length === 0) throw usageError(`${word} exports no cases: ${NEEDED}`)
    return names.map((name, index) => ({ word, name, job: { kind: 'module' as const, file, index } }))
  })
  const wanted = cases.filter(({ name }) => name.includes(only))
  if (wanted.length === 0) throw usageError(`no case has ${only} in its name`)
  const outcomes = await ask(wanted.map(({ job }) => job))
  return outcomes.map((outcome, i) => resultOf(wanted[i].name, outcome, wanted[i].word))
}
