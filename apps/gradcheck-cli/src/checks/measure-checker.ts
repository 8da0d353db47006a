import { failure } from '@gosa/cli-kit'
import type { Verdict } from '@gosa/gradcheck'
import type { Baseline } from '../faults/baselines.ts'
import type { Judgement } from '../faults/judge.ts'
import { type CorpusJudgement, HALVES, type Half } from '../faults/second-corpus.ts'
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

/** How a half of the second corpus was judged. */
export interface CorpusQuality {
  readonly half: Half
  /** The number of wrong and right cases that finite differences can judge. */
  readonly wrong: number
  readonly right: number
  /** The wrong cases that did not fail, and the right ones that did, with what the report names. */
  readonly missed: readonly NamedReasons[]
  readonly falseAlarms: readonly NamedReasons[]
  readonly inconclusive: readonly NamedReasons[]
  /** How many of the cases without a verdict are wrong. */
  readonly unclearWrong: number
  /** Cases that no finite difference can judge, with the reason and the verdict. */
  readonly hard: readonly (NamedReasons & { readonly hard: string; readonly verdict: Verdict })[]
  readonly baselines: Readonly<Record<Baseline, { readonly missed: number; readonly falseAlarms: number }>>
}

/** Whether nothing was missed, and nothing right was accused. */
export const isPerfect = ({ missed, falseAlarms }: CheckerQuality | CorpusQuality): boolean =>
  missed.length === 0 && (typeof falseAlarms === 'number' ? falseAlarms : falseAlarms.length) === 0

interface NamedReasons {
  readonly name: string
  readonly reasons: readonly string[]
}

/** Has workers judge the second corpus; one quality for each half that has cases. */
export async function measureCorpus(runJobs: RunJobs): Promise<CorpusQuality[]> {
  const [count] = await resultsOf(runJobs, [{ kind: 'count-corpus' }])
  const judgements = (await resultsOf<'corpus'>(runJobs, splitIntoJobs('corpus', count))).flat()
  return HALVES.flatMap((half) => {
    const cases = judgements.filter((one) => one.half === half)
    return cases.length > 0 ? [corpusQuality(half, cases)] : []
  })
}

function corpusQuality(half: Half, judgements: readonly CorpusJudgement[]): CorpusQuality {
  const judged = judgements.filter(({ hard }) => hard === undefined)
  const wrong = judged.filter(({ kind }) => kind === 'wrong')
  const right = judged.filter(({ kind }) => kind === 'right')
  const named = (those: readonly CorpusJudgement[]): NamedReasons[] =>
    those.map(({ name, reasons }) => ({ name, reasons }))
  return {
    half,
    wrong: wrong.length,
    right: right.length,
    missed: named(wrong.filter(({ verdict }) => verdict === 'pass')),
    falseAlarms: named(right.filter(({ verdict }) => verdict === 'fail')),
    unclearWrong: wrong.filter(({ verdict }) => verdict === 'inconclusive').length,
    inconclusive: named(judged.filter(({ verdict }) => verdict === 'inconclusive')),
    hard: judgements.flatMap(({ name, hard, verdict, reasons }) =>
      hard === undefined ? [] : [{ name, hard, verdict, reasons }],
    ),
    baselines: baselinesOf(wrong, right),
  }
}

const baselinesOf = (
  wrong: readonly Judgement[],
  right: readonly Judgement[],
): CheckerQuality['baselines'] => {
  const of = (name: Baseline) => ({
    missed: wrong.filter(({ acceptedBy }) => acceptedBy[name]).length,
    falseAlarms: right.filter(({ acceptedBy }) => !acceptedBy[name]).length,
  })
  return { book: of('book'), pytorch: of('pytorch') }
}

/** The number of faults, or trials, in a job. */
const CASES_PER_JOB = 20

/** Has workers judge every planted fault, and as many random correct cases as `trials` says; nothing if no fault is selected. */
export async function measureChecker(trials: number, runJobs: RunJobs): Promise<CheckerQuality | undefined> {
  const [count] = await resultsOf(runJobs, [{ kind: 'count-faults' }])
  if (count === 0) return undefined
  const jobs = [...splitIntoJobs('faults', count), ...splitIntoJobs('trials', trials)]
  const judgements = await resultsOf<'faults' | 'trials'>(runJobs, jobs)
  const faults = judgements.filter((_, i) => jobs[i].kind === 'faults').flat()
  const correct = judgements.filter((_, i) => jobs[i].kind === 'trials').flat()
  const missed = faults.filter(({ verdict }) => verdict !== 'fail')
  const failed = correct.filter(({ verdict }) => verdict === 'fail')
  return {
    planted: faults.length,
    caught: faults.length - missed.length,
    missed: missed.map(nameOf),
    trials,
    falseAlarms: failed.length,
    failedTrials: failed.map(nameOf),
    inconclusive: correct.filter(({ verdict }) => verdict === 'inconclusive').length,
    baselines: baselinesOf(faults, correct),
  }
}

const nameOf = ({ name }: Judgement): string => name

const splitIntoJobs = <Kind extends 'faults' | 'trials' | 'corpus'>(kind: Kind, count: number) =>
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
