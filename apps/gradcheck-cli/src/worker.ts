import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { workerData } from 'node:worker_threads'
import { setBackend } from '@gosa/linalg'
import type { Job, Result, Settings } from './jobs/job.ts'
import { perform } from './jobs/perform.ts'
import { serveJobs } from './pool/serve-jobs.ts'

/* What each worker thread runs. */

const settings = workerData as Settings
const ownFolder = dirname(fileURLToPath(import.meta.url))

setBackend(settings.backend)
serveJobs<Job, Result>((job, report) => perform(job, settings, report, ownFolder), ownFolder)
