import { failure, usageError } from '@gosa/cli-kit'
import type { Judged } from '../faults/judge.ts'
import type { Rival } from '../faults/rivals.ts'
import type { Job } from '../jobs/job.ts'
import { type Ask, answerOf } from './ask.ts'

/** How the checker did, measured by faults that it must find and correct code that it must not accuse. */
export interface FaultsResult {
  readonly planted: number
  readonly caught: number
  readonly missed: readonly string[]
  readonly trials: number
  readonly falseAlarms: number
  /** Which correct code was accused. */
  readonly accused: readonly string[]
  /** Correct code of which could not be told whether it is. */
  readonly inconclusive: number
  /** How the rules of others did. */
  readonly rivals: Readonly<Record<Rival, { readonly missed: number; readonly falseAlarms: number }>>
}

/** How many are judged at a time. */
const CHUNK = 20

/** Plants every fault, and tries as much correct code as is asked for. */
export async function checkFaults(trials: number, ask: Ask): Promise<FaultsResult> {
  const [counted] = await answers(ask, [{ kind: 'count' }])
  const count = answerOf(counted, 'count')
  if (count === 0) throw usageError('no fault has such a name')
  const jobs = [...chunks('faults', count), ...chunks('trials', trials)]
  const judged = (await answers(ask, jobs)).map((result) => answerOf(result, 'judged'))
  const faults = judged.filter((_, i) => jobs[i].kind === 'faults').flat()
  const correct = judged.filter((_, i) => jobs[i].kind === 'trials').flat()
  const missed = faults.filter(({ verdict }) => verdict !== 'fail')
  const accused = correct.filter(({ verdict }) => verdict === 'fail')
  const rival = (name: Rival) => ({
    missed: faults.filter(({ accepted }) => accepted[name]).length,
    falseAlarms: correct.filter(({ accepted }) => !accepted[name]).length,
  })
  return {
    planted: faults.length,
    caught: faults.length - missed.length,
    missed: missed.map(nameOf),
    trials,
    falseAlarms: accused.length,
    accused: accused.map(nameOf),
    inconclusive: correct.filter(({ verdict }) => verdict === 'inconclusive').length,
    rivals: { book: rival('book'), pytorch: rival('pytorch') },
  }
}

const nameOf = ({ name }: Judged): string => name

const chunks = (kind: 'faults' | 'trials', count: number): Job[] =>
  Array.from({ length: Math.ceil(count / CHUNK) }, (_, k) => ({
    kind,
    from: k * CHUNK,
    to: Math.min(count, (k + 1) * CHUNK),
  }))

/** The results, of which none may be missing: this is our own code. */
async function answers(ask: Ask, jobs: readonly Job[]) {
  return (await ask(jobs)).map((outcome) => {
    if ('problem' in outcome)
      throw failure(`a check broke down: ${outcome.problem.message}`, { cause: outcome.problem })
    return outcome.result
  })
}
