import { setFlagsFromString } from 'node:v8'
import { Worker } from 'node:worker_threads'
import { failure } from '@gosa/cli-kit'
import type { Problem } from '../errors/problem.ts'
import type { Answer, Task } from './messages.ts'

/** What came of a job. */
export type Outcome<Result> = { readonly result: Result } | { readonly problem: Problem }

export interface Pool<Job, Result> {
  /**
   * Does the jobs, as many at a time as there are workers, and answers in their order. `onProgress` is told the share
   * that is done, 0 to 1. Rejects with a `CommandError` where a worker dies, and with the signal's reason where it is
   * aborted.
   */
  run(jobs: readonly Job[], onProgress?: (share: number) => void): Promise<Outcome<Result>[]>
  /** Ends the workers, whatever they are at. */
  close(): Promise<void>
}

export interface PoolOptions {
  /** The file that the workers run: see `serveJobs`. */
  readonly script: URL
  readonly workers: number
  /** What every worker is told at its start. */
  readonly data: unknown
  readonly signal: AbortSignal
}

/**
 * Workers that share jobs among themselves. The thread that asks stays free to listen to Ctrl-C and to draw, and code
 * that never comes back can be ended. What the workers print goes to stderr, so that stdout holds results alone.
 */
export function createPool<Job, Result>({ script, workers, data, signal }: PoolOptions): Pool<Job, Result> {
  // Node 20 aborts where a worker ends while V8 still compiles its code on a thread of its own; so compile in place.
  setFlagsFromString('--no-concurrent-recompilation')
  const all: Worker[] = []
  const started = (index: number): Worker => {
    all[index] ??= startWorker(script, data)
    return all[index]
  }

  return {
    async run(jobs, onProgress = () => {}) {
      const progress = jobs.map(() => 0)
      const outcomes: Outcome<Result>[] = []
      const tell = (id: number, share: number): void => {
        progress[id] = share
        onProgress(progress.reduce((sum, each) => sum + each, 0) / jobs.length)
      }
      let next = 0
      const work = async (worker: Worker): Promise<void> => {
        while (next < jobs.length) {
          const id = next++
          outcomes[id] = await ask<Job, Result>(worker, { id, job: jobs[id] }, signal, (share) =>
            tell(id, share),
          )
          tell(id, 1)
        }
      }
      await Promise.all(
        Array.from({ length: Math.min(workers, jobs.length) }, (_, index) => work(started(index))),
      )
      return outcomes
    },
    async close() {
      await Promise.all(all.map((worker) => worker.terminate()))
    },
  }
}

function startWorker(script: URL, data: unknown): Worker {
  const worker = new Worker(script, { workerData: data, stdout: true, stderr: true })
  for (const stream of [worker.stdout, worker.stderr]) stream.pipe(process.stderr, { end: false })
  // An error is handed to whoever asks this worker; without a listener it would end the program.
  worker.on('error', () => {})
  return worker
}

/** Sends one task and waits for its outcome. */
function ask<Job, Result>(
  worker: Worker,
  task: Task<Job>,
  signal: AbortSignal,
  onProgress: (share: number) => void,
): Promise<Outcome<Result>> {
  return new Promise((resolve, reject) => {
    const onMessage = (answer: Answer<Result>): void => {
      if (answer.id !== task.id) return
      if ('progress' in answer) onProgress(answer.progress)
      else settle(() => resolve(answer))
    }
    const onError = (error: unknown): void =>
      settle(() =>
        reject(failure(`a worker failed: ${(error as Error)?.message ?? error}`, { cause: error })),
      )
    const onExit = (code: number): void =>
      settle(() => reject(failure(`a worker ended by itself with code ${code}, before the check was done`)))
    const onAbort = (): void => settle(() => reject(signal.reason))
    const settle = (answer: () => void): void => {
      worker.off('message', onMessage).off('error', onError).off('exit', onExit)
      signal.removeEventListener('abort', onAbort)
      answer()
    }
    worker.on('message', onMessage).on('error', onError).on('exit', onExit)
    signal.addEventListener('abort', onAbort)
    if (signal.aborted) onAbort()
    else worker.postMessage(task)
  })
}
