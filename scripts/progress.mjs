import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { dirname } from 'node:path'

/**
 * What `npm test` says while it runs: an estimate at the start, a line for each finished task, the log of a failed one.
 *
 * @typedef {{ taskId: string, task: string, directory: string, cache: { status: string } }} PlannedTask
 * @typedef {{ taskId: string, execution?: { startTime: number, endTime: number } }} FinishedTask
 */

/** Seconds that a task takes where nothing is known of it, as measured on a machine with two cores. */
const USUAL_SECONDS = {
  generate: 2,
  build: 6,
  typecheck: 6,
  lint: 1,
  'lint:root': 1,
  test: 50,
  examples: 70,
  pack: 90,
}

/** What pnpm writes at the end of a task that has failed. */
const FAILED = /\bELIFECYCLE\b/

/**
 * Returns what turbo plans to run, in words: "62 tasks, 12 of them cached: about 9 minutes on 2 cores".
 *
 * @param {readonly PlannedTask[]} tasks the tasks of `turbo run --dry=json`
 * @param {Readonly<Record<string, number>>} known seconds by task
 */
export function estimate(tasks, known, cores = availableParallelism()) {
  const commands = tasks.filter(({ task }) => task in USUAL_SECONDS)
  const missing = commands.filter(({ cache }) => cache.status !== 'HIT')
  const seconds = missing.map(
    ({ taskId, task }) => known[taskId] ?? USUAL_SECONDS[/** @type {keyof typeof USUAL_SECONDS} */ (task)],
  )
  const total = seconds.reduce((sum, one) => sum + one, 0) / cores
  const wall = Math.max(total, ...seconds)
  const time = wall < 90 ? `${Math.ceil(wall / 10) * 10} seconds` : `${Math.round(wall / 60)} minutes`
  const cached = commands.length - missing.length
  return `${commands.length} tasks, ${cached} of them cached: about ${time} on ${cores} ${cores === 1 ? 'core' : 'cores'}`
}

/**
 * Returns a function that takes turbo's output (`--log-order=grouped --output-logs=new-only`) line by line and passes on, when
 * a task has ended, one line, and the whole log if it has failed; `flush` passes on the last task.
 *
 * @param {(text: string) => void} print
 * @param {(packageName: string, task: string) => number | undefined} secondsOf
 */
export function taskReporter(print, secondsOf) {
  /** @type {{ id: string, lines: string[], seconds?: number } | undefined} */
  let current
  let count = 0
  const flush = () => {
    if (!current) return
    const { id, lines, seconds } = current
    const cached = /^cache hit/.test(lines[0])
    const failed = FAILED.test(lines.at(-1) ?? '')
    const time = cached ? 'cached' : seconds === undefined ? '' : `${seconds.toFixed(1)} s`
    print(
      `${String(++count).padStart(3)}  ${failed ? 'FAILED' : 'ok    '}  ${time.padStart(7)}  ${id.replace(':', ' ')}`,
    )
    if (failed)
      print(
        lines
          .slice(1)
          .map((line) => `     ${line}`)
          .join('\n'),
      )
    current = undefined
  }
  const line = (/** @type {string} */ text) => {
    const [, name, task, rest] = /^(@gosa\/[\w-]+|\/\/):(lint:root|\w+): ?(.*)$/.exec(text) ?? []
    if (!name) return
    const id = `${name}:${task}`
    if (current?.id !== id) {
      flush()
      current = { id, lines: [], seconds: secondsOf(name, task) }
    }
    current?.lines.push(rest)
  }
  return { line, flush }
}

/** Seconds since turbo began to write the log of a task; undefined without a log. */
export function secondsSinceStart(/** @type {string} */ folder, /** @type {string} */ task) {
  const log = logFile(folder, task)
  return existsSync(log) ? (Date.now() - statSync(log).birthtimeMs) / 1000 : undefined
}

/** Where turbo writes the log of a task. */
export const logFile = (/** @type {string} */ folder, /** @type {string} */ task) =>
  `${folder}/.turbo/turbo-${task.replace(':', '$colon$')}.log`

/** Reads the seconds by task of earlier runs. @returns {Record<string, number>} */
export const readSeconds = (/** @type {string} */ file) =>
  existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}

/**
 * Stores the seconds of the tasks that have run now; a cached task keeps those of its last run.
 *
 * @param {string} file
 * @param {readonly FinishedTask[]} tasks
 */
export function writeSeconds(file, tasks) {
  const now = tasks.flatMap(({ taskId, execution }) => {
    const seconds = execution ? (execution.endTime - execution.startTime) / 1000 : 0
    // A task that was taken from the cache takes no time.
    return seconds > 0.2 ? [[taskId, Math.round(seconds)]] : []
  })
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, JSON.stringify({ ...readSeconds(file), ...Object.fromEntries(now) }))
}
