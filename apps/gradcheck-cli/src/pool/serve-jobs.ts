import { parentPort } from 'node:worker_threads'
import { problemOf } from '../errors/problem.ts'
import type { Answer, Task } from './messages.ts'

/** How often a worker says how far it is, in milliseconds. */
const EVERY = 100

/**
 * Makes this thread a worker of a pool: does each job that it is sent with `perform`, which may report the share that
 * is done. What `perform` throws is sent back as a `Problem`.
 */
export function serveJobs<Job, Result>(
  perform: (job: Job, report: (share: number) => void) => Result | Promise<Result>,
  ownFolder: string,
): void {
  const port = parentPort
  if (port === null) throw new Error('serveJobs: runs in a worker thread only')
  const send = (answer: Answer<Result>): void => port.postMessage(answer)
  port.on('message', async ({ id, job }: Task<Job>) => {
    let last = performance.now()
    const report = (progress: number): void => {
      if (performance.now() - last < EVERY) return
      last = performance.now()
      send({ id, progress })
    }
    try {
      send({ id, result: await perform(job, report) })
    } catch (thrown) {
      send({ id, problem: problemOf(thrown, ownFolder) })
    }
  })
}
