import type { CheckOptions, Report } from '@gosa/gradcheck'
import type { BookData, WeightSlice } from '../book/book-data.ts'
import type { Plan, Timing } from '../cases/budget.ts'
import type { Case } from '../cases/case.ts'
import { type CaseResult, toCaseResult } from '../cases/case-result.ts'
import type { Judgement } from '../faults/judge.ts'
import type { CorpusJudgement } from '../faults/second-corpus.ts'
import type { Outcome } from './pool.ts'

/*
 * The jobs that workers do: the types are for both threads, `performJob` runs in a worker.
 */

/** The `workerData` of every worker. */
export interface WorkerSettings {
  readonly seed: number
  readonly backend: string
  /** The options of the command line, which override those of a case. */
  readonly options: CheckOptions
  /** Whether results keep their gradients, for pictures of them. */
  readonly keepGradients: boolean
  /** Selects the faults whose name contains this text. */
  readonly only?: string
  /** The images of the book's check. */
  readonly book?: BookData
}

/** A job for a worker. */
export type Job =
  /** Checks a slice of a weight of the book's network; without a slice everything but the single entries, or as the plan says. */
  | { readonly kind: 'book'; readonly slice?: WeightSlice; readonly plan?: Plan }
  /** Measures how long the check of the book's network takes. */
  | { readonly kind: 'time-book' }
  /** Checks a case of the suite, within so many seconds if they are given. */
  | { readonly kind: 'suite'; readonly index: number; readonly seconds?: number }
  /** Lists the names of the cases of a module. */
  | { readonly kind: 'list-cases'; readonly file: string }
  /** Checks a case of a module. */
  | { readonly kind: 'module'; readonly file: string; readonly index: number; readonly seconds?: number }
  /** Counts the planted faults. */
  | { readonly kind: 'count-faults' }
  /** Judges planted faults, or random correct cases, with indices from `from` to `to`. */
  | { readonly kind: 'faults' | 'trials'; readonly from: number; readonly to: number }
  /** Counts the cases of the second corpus. */
  | { readonly kind: 'count-corpus' }
  /** Judges cases of the second corpus with indices from `from` to `to`. */
  | { readonly kind: 'corpus'; readonly from: number; readonly to: number }

/** The result of each kind of job. */
export interface JobResults {
  book: CaseResult
  'time-book': { readonly timing: Timing; readonly entries: number }
  suite: CaseResult
  'list-cases': readonly string[]
  module: CaseResult
  'count-faults': number
  faults: readonly Judgement[]
  trials: readonly Judgement[]
  'count-corpus': number
  corpus: readonly CorpusJudgement[]
}

/** Has workers do jobs; returns the outcomes in the order of the jobs. */
export type RunJobs = <Kind extends Job['kind']>(
  jobs: readonly Extract<Job, { kind: Kind }>[],
) => Promise<Outcome<JobResults[Kind]>[]>

/**
 * Does one job. `ownFolder` is the folder of this command's compiled code. The code for a kind of job is loaded with the
 * first such job, so that workers start quickly.
 */
export async function performJob(
  job: Job,
  { seed, only, book, options: given, keepGradients }: WorkerSettings,
  onProgress: (share: number) => void,
  ownFolder: string,
): Promise<JobResults[Job['kind']]> {
  const options: CheckOptions = { ...given, onProgress: ({ done, total }) => onProgress(done / total) }
  const result = (report: Report): CaseResult => toCaseResult(report, keepGradients)
  const checkOne = async (one: Case, seconds?: number): Promise<CaseResult> => {
    const { checkCase } = await import('../cases/case.ts')
    if (seconds === undefined) return result(await checkCase(one, options))
    const { checkWithin } = await import('../cases/budget.ts')
    return checkWithin(seconds, (more) => checkCase(one, { ...options, ...more }), keepGradients)
  }
  switch (job.kind) {
    case 'book': {
      if (book === undefined) throw new Error('the book check needs images')
      const { checkBookNetwork } = await import('../book/book-network.ts')
      return result(checkBookNetwork(job.slice, book, seed, { ...options, ...job.plan }))
    }
    case 'time-book': {
      if (book === undefined) throw new Error('the book check needs images')
      const { checkBookNetwork } = await import('../book/book-network.ts')
      const { measureCheck, totalEntries } = await import('../cases/budget.ts')
      const check = (more: CheckOptions): Report =>
        checkBookNetwork(undefined, book, seed, { ...options, ...more })
      const { report, timing } = await measureCheck(check)
      return { timing, entries: totalEntries(report.entries) }
    }
    case 'suite': {
      const { suiteCases } = await import('../cases/suite.ts')
      return checkOne(suiteCases(seed)[job.index], job.seconds)
    }
    case 'list-cases': {
      const { loadCases } = await import('../modules/load-module.ts')
      return (await loadCases(job.file, seed, ownFolder)).map(({ name }) => name)
    }
    case 'module': {
      const { loadCases } = await import('../modules/load-module.ts')
      return checkOne((await loadCases(job.file, seed, ownFolder))[job.index], job.seconds)
    }
    case 'count-faults':
    case 'faults': {
      const { judgeFaults, selectFaults } = await import('../faults/judge.ts')
      const faults = selectFaults(seed, only)
      return job.kind === 'count-faults' ? faults.length : judgeFaults(faults.slice(job.from, job.to))
    }
    case 'trials': {
      const { judgeTrials } = await import('../faults/judge.ts')
      return judgeTrials(seed, job.from, job.to)
    }
    case 'count-corpus':
    case 'corpus': {
      const { judgeCorpus, selectCorpus } = await import('../faults/second-corpus.ts')
      return job.kind === 'count-corpus'
        ? selectCorpus(only).length
        : judgeCorpus(seed, only, job.from, job.to)
    }
  }
}
