import { setFlagsFromString } from 'node:v8'
import { Worker } from 'node:worker_threads'
import { failure } from '@gosa/cli-kit'
import type { Problem } from '../errors/user-frame.ts'

/*
 * A pool of worker threads that share a list of jobs, and the messages between both sides.
 */

/** The outcome of a job: its result, or what user code threw. */
export type Outcome<Result> = { readonly result: Result } | { readonly problem: Problem }

/** Message from the pool to a worker. */
export interface JobMessage<Job> {
  readonly id: number
  readonly job: Job
}

/** Messages from a worker to the pool: how far a job is, from 0 to 1, or its outcome. */
export type WorkerMessage<Result> =
  | { readonly id: number; readonly progress: number }
  | ({ readonly id: number } & Outcome<Result>)

export interface Pool<Job, Result> {
  /**
   * Runs jobs, one at a time in each worker, and returns their outcomes in the order of the jobs. `onProgress` receives
   * the share that is done, from 0 to 1, `onOutcome` each outcome as soon as it is there. Rejects with a `CommandError` if a worker dies, and with the signal's reason if
   * it is aborted.
   */
  run(
    jobs: readonly Job[],
    onProgress?: (share: number) => void,
    onOutcome?: (outcome: Outcome<Result>) => void,
  ): Promise<Outcome<Result>[]>
  /** Terminates the workers, whatever they are doing. */
  close(): Promise<void>
}

export interface PoolOptions {
  /** The compiled `worker.ts`. */
  readonly script: URL
  readonly workers: number
  /** The `workerData` of every worker. */
  readonly data: unknown
  readonly signal: AbortSignal
}

/**
 * Creates a pool of worker threads, which start when they are first needed. The main thread stays free to receive Ctrl-C
 * and to draw, and user code that never returns can be terminated. Workers' output goes to stderr: stdout is for results.
 */
export function createPool<Job, Result>({ script, workers, data, signal }: PoolOptions): Pool<Job, Result> {
  // Node 20 aborts if a worker ends while V8 compiles its code in a background thread.
  setFlagsFromString('--no-concurrent-recompilation')
  const started: Worker[] = []

  return {
    async run(jobs, onProgress = () => {}, onOutcome = () => {}) {
      const shares = jobs.map(() => 0)
      const outcomes: Outcome<Result>[] = []
      const setShare = (id: number, share: number): void => {
        shares[id] = share
        onProgress(shares.reduce((sum, each) => sum + each, 0) / jobs.length)
      }
      let next = 0
      const runJobsIn = async (worker: Worker): Promise<void> => {
        while (next < jobs.length) {
          const id = next++
          const message = { id, job: jobs[id] }
          outcomes[id] = await runJob<Job, Result>(worker, message, signal, (share) => setShare(id, share))
          setShare(id, 1)
          onOutcome(outcomes[id])
        }
      }
      const count = Math.min(workers, jobs.length)
      while (started.length < count) started.push(startWorker(script, data))
      await Promise.all(started.slice(0, count).map(runJobsIn))
      return outcomes
    },
    async close() {
      await Promise.all(started.map((worker) => worker.terminate()))
    },
  }
}

function startWorker(script: URL, data: unknown): Worker {
  const worker = new Worker(script, { workerData: data, stdout: true, stderr: true })
  for (const stream of [worker.stdout, worker.stderr]) stream.pipe(process.stderr, { end: false })
  // `runJob` handles errors; without a listener between two jobs an error would end the process.
  worker.on('error', () => {})
  return worker
}

/** Sends one job to a worker and waits for its outcome. */
function runJob<Job, Result>(
  worker: Worker,
  message: JobMessage<Job>,
  signal: AbortSignal,
  onProgress: (share: number) => void,
): Promise<Outcome<Result>> {
  return new Promise((resolve, reject) => {
    const onMessage = (answer: WorkerMessage<Result>): void => {
      if (answer.id !== message.id) return
      if ('progress' in answer) onProgress(answer.progress)
      else settle(() => resolve(answer))
    }
    const onError = (error: unknown): void =>
      settle(() =>
        reject(failure(`a worker failed: ${(error as Error)?.message ?? error}`, { cause: error })),
      )
    const onExit = (code: number): void =>
      settle(() => reject(failure(`a worker exited with code ${code} before the check was done`)))
    const onAbort = (): void => settle(() => reject(signal.reason))
    const settle = (finish: () => void): void => {
      worker.off('message', onMessage).off('error', onError).off('exit', onExit)
      signal.removeEventListener('abort', onAbort)
      finish()
    }
    worker.on('message', onMessage).on('error', onError).on('exit', onExit)
    signal.addEventListener('abort', onAbort)
    if (signal.aborted) onAbort()
    else worker.postMessage(message)
  })
}
