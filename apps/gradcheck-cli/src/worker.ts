import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parentPort, workerData } from 'node:worker_threads'
import { setBackend } from '@gosa/linalg'
import { describeThrown } from './errors/user-frame.ts'
import { type Job, type JobResults, performJob, type WorkerSettings } from './workers/jobs.ts'
import type { JobMessage, WorkerMessage } from './workers/pool.ts'

/*
 * The script of every worker thread: does each job that the pool sends, and sends back its progress and its outcome.
 */

/** The least time between two progress messages. */
const PROGRESS_INTERVAL_MS = 100

const port = parentPort
if (port === null) throw new Error('worker.ts runs in worker threads only')
const settings = workerData as WorkerSettings
const ownFolder = dirname(fileURLToPath(import.meta.url))
setBackend(settings.backend)

port.on('message', async ({ id, job }: JobMessage<Job>) => {
  const send = (message: WorkerMessage<JobResults[Job['kind']]>): void => port.postMessage(message)
  let sentAt = performance.now()
  const onProgress = (progress: number): void => {
    if (performance.now() - sentAt < PROGRESS_INTERVAL_MS) return
    sentAt = performance.now()
    send({ id, progress })
  }
  try {
    send({ id, result: await performJob(job, settings, onProgress, ownFolder) })
  } catch (thrown) {
    send({ id, problem: describeThrown(thrown, ownFolder) })
  }
})
