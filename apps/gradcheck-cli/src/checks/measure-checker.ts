import { failure, usageError } from '@gosa/cli-kit'
import type { Baseline } from '../faults/baselines.ts'
import type { Judgement } from '../faults/judge.ts'
import { texts } from '../texts.ts'
import type { Job, JobResults, RunJobs } from '../workers/jobs.ts'

/*
 * `--faults`: measures the checker by planted faults, which it must fail, and random correct cases, which it must pass.
 */

/** How well the checker tells faulty code from correct code, beside the rules of others. */
export interface CheckerQuality {
  readonly planted: number
  readonly caught: number
  /** The names of the faults that were not caught. */
  readonly missed: readonly string[]
  /** The number of correct cases. */
  readonly trials: number
  /** The number of correct cases that failed. */
  readonly falseAlarms: number
  /** The names of the correct cases that failed. */
  readonly failedTrials: readonly string[]
  /** The number of correct cases without a verdict. */
  readonly inconclusive: number
  readonly baselines: Readonly<Record<Baseline, { readonly missed: number; readonly falseAlarms: number }>>
}

/** The number of faults, or trials, in a job. */
const CASES_PER_JOB = 20

/** Has workers judge every planted fault, and as many random correct cases as `trials` says. */
export async function measureChecker(trials: number, runJobs: RunJobs): Promise<CheckerQuality> {
  const [count] = await resultsOf(runJobs, [{ kind: 'count-faults' }])
  if (count === 0) throw usageError(texts().wrong.noFault)
  const jobs = [...splitIntoJobs('faults', count), ...splitIntoJobs('trials', trials)]
  const judgements = await resultsOf<'faults' | 'trials'>(runJobs, jobs)
  const faults = judgements.filter((_, i) => jobs[i].kind === 'faults').flat()
  const correct = judgements.filter((_, i) => jobs[i].kind === 'trials').flat()
  const missed = faults.filter(({ verdict }) => verdict !== 'fail')
  const failed = correct.filter(({ verdict }) => verdict === 'fail')
  const baseline = (name: Baseline) => ({
    missed: faults.filter(({ acceptedBy }) => acceptedBy[name]).length,
    falseAlarms: correct.filter(({ acceptedBy }) => !acceptedBy[name]).length,
  })
  return {
    planted: faults.length,
    caught: faults.length - missed.length,
    missed: missed.map(nameOf),
    trials,
    falseAlarms: failed.length,
    failedTrials: failed.map(nameOf),
    inconclusive: correct.filter(({ verdict }) => verdict === 'inconclusive').length,
    baselines: { book: baseline('book'), pytorch: baseline('pytorch') },
  }
}

const nameOf = ({ name }: Judgement): string => name

const splitIntoJobs = (kind: 'faults' | 'trials', count: number) =>
  Array.from({ length: Math.ceil(count / CASES_PER_JOB) }, (_, k) => ({
    kind,
    from: k * CASES_PER_JOB,
    to: Math.min(count, (k + 1) * CASES_PER_JOB),
  }))

/** The results of jobs. Here no user code runs: a problem is an error of this command. */
async function resultsOf<Kind extends Job['kind']>(
  runJobs: RunJobs,
  jobs: readonly Extract<Job, { kind: Kind }>[],
): Promise<JobResults[Kind][]> {
  return (await runJobs<Kind>(jobs)).map((outcome) => {
    if ('problem' in outcome) {
      throw failure(`a check failed unexpectedly: ${outcome.problem.message}`, { cause: outcome.problem })
    }
    return outcome.result
  })
}
