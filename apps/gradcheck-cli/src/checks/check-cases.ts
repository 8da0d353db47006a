import { usageError } from '@gosa/cli-kit'
import { type CaseResult, failedCase } from '../cases/case-result.ts'
import type { Problem } from '../errors/user-frame.ts'
import { texts } from '../texts.ts'
import type { RunJobs } from '../workers/jobs.ts'
import type { Outcome } from '../workers/pool.ts'

/*
 * Checks of cases: those that modules export, and those of the suite. Each case is a job for a worker.
 */

/** A module of the command line. */
export interface Module {
  /** As it was typed. */
  readonly argument: string
  readonly file: string
}

/** Which cases are checked, and how long each may take. */
export interface CaseSelection {
  /** Part of the names of the cases. */
  readonly only?: string
  /** Returns the time limit of each case, in seconds, for a number of cases; without it there is no limit. */
  readonly seconds?: (cases: number) => number
}

/** A module that could not be loaded. */
export class ModuleLoadError extends Error {
  override readonly name = 'ModuleLoadError'
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.message)
    this.problem = problem
  }
}

/**
 * Checks every case of the modules, or those whose name contains `only`. Throws a `ModuleLoadError` if a module cannot be
 * loaded, a usage error if one exports no case or if `only` selects none.
 */
export async function checkModules(
  modules: readonly Module[],
  runJobs: RunJobs,
  { only = '', seconds }: CaseSelection = {},
): Promise<CaseResult[]> {
  const { wrong } = texts()
  const lists = await runJobs(modules.map(({ file }) => ({ kind: 'list-cases', file })))
  const cases = lists.flatMap((outcome, i) => {
    const { argument, file } = modules[i]
    if ('problem' in outcome) throw new ModuleLoadError(outcome.problem)
    if (outcome.result.length === 0) throw usageError(wrong.noCases(argument, wrong.caseHint))
    return outcome.result.map((name, index) => ({ argument, name, file, index }))
  })
  const selected = cases.filter(({ name }) => name.includes(only))
  if (selected.length === 0) throw usageError(wrong.noneSelected(only))
  const outcomes = await runJobs(
    selected.map(({ file, index }) => ({ kind: 'module', file, index, seconds: seconds?.(selected.length) })),
  )
  return outcomes.map((outcome, i) => toResult(outcome, selected[i].name, selected[i].argument))
}

/** Checks every case of the suite, or those whose name contains `only`; throws a usage error if there are none. */
export async function checkSuite(
  seed: number,
  runJobs: RunJobs,
  { only = '', seconds }: CaseSelection = {},
): Promise<CaseResult[]> {
  // Loads all layers, losses and networks, which the main thread needs for nothing else.
  const { suiteCases } = await import('../cases/suite.ts')
  const selected = suiteCases(seed)
    .map(({ name }, index) => ({ name, index }))
    .filter(({ name }) => name.includes(only))
  if (selected.length === 0) throw usageError(texts().wrong.noneOfSuite(only))
  const outcomes = await runJobs(
    selected.map(({ index }) => ({ kind: 'suite', index, seconds: seconds?.(selected.length) })),
  )
  return outcomes.map((outcome, i) => toResult(outcome, selected[i].name))
}

const toResult = (outcome: Outcome<CaseResult>, name: string, module?: string): CaseResult =>
  'problem' in outcome ? failedCase(name, outcome.problem, module) : { ...outcome.result, module }
