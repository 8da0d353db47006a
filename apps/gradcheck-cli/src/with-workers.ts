import { availableParallelism } from 'node:os'
import type { Run } from '@gosa/cli-kit'
import type { BookData } from './book/book-case.ts'
import type { Ask } from './check/ask.ts'
import type { Job, Result, Settings } from './jobs/job.ts'
import { checkOptions, type GradcheckOptions } from './options.ts'
import { createPool } from './pool/pool.ts'
import { startProgress } from './progress-bar.ts'

/** Where the workers come from, and what ends them. */
export interface Workers {
  /** The compiled `worker.ts`. */
  readonly script: URL
  readonly signal: AbortSignal
}

/**
 * Gives `use` workers to ask, with a bar for what takes long, and ends them when it is done, one way or the other.
 * Rejects where the signal is aborted.
 */
export async function withWorkers<T>(
  { options, given, output }: Run<GradcheckOptions>,
  workers: Workers,
  use: (ask: Ask) => Promise<T>,
  book?: BookData,
): Promise<T> {
  const { seed, backend, only, threads = availableParallelism() } = options
  const asked = checkOptions(options, given.has('seed') ? seed : undefined)
  const settings: Settings = {
    seed,
    backend,
    options: asked,
    gradients: options.html !== undefined,
    only,
    book,
  }
  const pool = createPool<Job, Result>({ ...workers, workers: threads, data: settings })
  const progress = startProgress(output)
  try {
    return await use((jobs) => pool.run(jobs, progress.update))
  } finally {
    progress.end()
    await pool.close()
  }
}
