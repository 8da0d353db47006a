import type { CheckOptions, Report } from '@gosa/gradcheck'
import type { Job, Result, Settings } from './job.ts'
import { packReport } from './pack-report.ts'

/**
 * Does one job in a worker. `ownFolder` is where this command's code lies. What a kind of job needs is loaded with the
 * first of its kind, so that workers start quickly.
 */
export async function perform(
  job: Job,
  settings: Settings,
  report: (share: number) => void,
  ownFolder: string,
): Promise<Result> {
  const { seed, only } = settings
  const options: CheckOptions = {
    ...settings.options,
    onProgress: ({ done, total }) => report(done / total),
  }
  const packed = (made: Report): Result => ({ report: packReport(made, settings.gradients) })
  switch (job.kind) {
    case 'book': {
      const { performBook } = await import('../book/perform-book.ts')
      return packed(performBook(job.rows, settings, options))
    }
    case 'suite': {
      const { suiteCases } = await import('../suite/suite-cases.ts')
      const { checkCase } = await import('../cases/check-case.ts')
      return packed(checkCase(suiteCases(seed)[job.index], options))
    }
    case 'cases': {
      const { moduleCases } = await import('../modules/module-cases.ts')
      return { names: (await moduleCases(job.file, seed, ownFolder)).map(({ name }) => name) }
    }
    case 'module': {
      const { moduleCases } = await import('../modules/module-cases.ts')
      const { checkCase } = await import('../cases/check-case.ts')
      return packed(checkCase((await moduleCases(job.file, seed, ownFolder))[job.index], options))
    }
    case 'count':
    case 'faults': {
      const { faultsFor, judgeFaults } = await import('../faults/judge.ts')
      const faults = faultsFor(seed, only)
      return job.kind === 'count'
        ? { count: faults.length }
        : { judged: judgeFaults(faults.slice(job.from, job.to)) }
    }
    case 'trials': {
      const { judgeTrials } = await import('../faults/judge.ts')
      return { judged: judgeTrials(seed, job.from, job.to) }
    }
  }
}
