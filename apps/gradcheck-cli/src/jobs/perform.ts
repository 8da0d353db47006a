import type { CheckOptions, Report } from '@gosa/gradcheck'
import { performBook } from '../book/perform-book.ts'
import { checkCase } from '../cases/check-case.ts'
import { faultsFor, judgeFaults, judgeTrials } from '../faults/judge.ts'
import { moduleCases } from '../modules/module-cases.ts'
import { suiteCases } from '../suite/suite-cases.ts'
import type { Job, Result, Settings } from './job.ts'
import { packReport } from './pack-report.ts'

/** Does one job in a worker. `ownFolder` is where this command's code lies. */
export async function perform(
  job: Job,
  settings: Settings,
  report: (share: number) => void,
  ownFolder: string,
): Promise<Result> {
  const options: CheckOptions = {
    ...settings.options,
    onProgress: ({ done, total }) => report(done / total),
  }
  const packed = (made: Report): Result => ({ report: packReport(made, settings.gradients) })
  switch (job.kind) {
    case 'book':
      return packed(performBook(job.rows, settings, options))
    case 'suite':
      return packed(checkCase(suiteCases(settings.seed)[job.index], options))
    case 'module':
      return packed(checkCase((await moduleCases(job.file, settings.seed, ownFolder))[job.index], options))
    case 'count':
      return { count: faultsFor(settings.seed).length }
    case 'faults':
      return { judged: judgeFaults(settings.seed, job.from, job.to) }
    case 'trials':
      return { judged: judgeTrials(settings.seed, job.from, job.to) }
    case 'cases':
      return { names: (await moduleCases(job.file, settings.seed, ownFolder)).map(({ name }) => name) }
  }
}
