import { availableParallelism } from 'node:os'
import type { Output } from '@gosa/cli-kit'
import type { Ask } from './check/ask.ts'
import type { Job, Result, Settings } from './jobs/job.ts'
import { createPool } from './pool/pool.ts'
import { startProgress } from './progress-bar.ts'

export interface WorkersOptions {
  readonly threads?: number
  readonly settings: Settings
  readonly signal: AbortSignal
  readonly output: Output
  /** The compiled `worker.ts`. */
  readonly script: URL
}

/** Gives `use` workers to ask, with a bar for what takes long, and ends them when it is done, one way or the other. */
export async function withWorkers<T>(
  { threads = availableParallelism(), settings, signal, output, script }: WorkersOptions,
  use: (ask: Ask) => Promise<T>,
): Promise<T> {
  const pool = createPool<Job, Result>({ script, workers: threads, data: settings, signal })
  const progress = startProgress(output)
  try {
    return await use((jobs) => pool.run(jobs, progress.update))
  } finally {
    progress.end()
    await pool.close()
  }
}
