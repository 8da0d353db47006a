import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { changesets } from './changesets.mjs'
import { pnpm, root } from './pnpm.mjs'
import { estimate, logFile, readSeconds, secondsSinceStart, taskReporter, writeSeconds } from './progress.mjs'
import { reports, tally } from './tally.mjs'
import { workspaces } from './workspaces.mjs'

// `npm test`: sets up, runs the whole pipeline of turbo.json and closes with `N passed, N failed`. With arguments for turbo, such
// as `npm test -- --filter=@gosa/layers`, it runs and counts these packages only.

const filters = process.argv.slice(2)
const times = `${root}node_modules/.gosa/task-seconds.json`
const runs = `${root}.turbo/runs`
const tasks = ['build', 'typecheck', 'lint', 'lint:root', ...Object.keys(reports)]

console.log('install: all packages and tools; the first time this takes a minute or two')
const installed = await pnpm(['install', '--frozen-lockfile', '--silent'])
const planned = installed ? [] : await plan()
// A filtered run counts the packages that it runs.
const packages = workspaces().filter(
  ({ manifest: { name } }) => filters.length === 0 || planned.some(({ taskId }) => taskId === `${name}#test`),
)
console.log(`test: ${estimate(planned, readSeconds(times))}\n`)
// Reports of an earlier run must not be counted.
rmSync(runs, { recursive: true, force: true })
for (const { folder } of packages) {
  for (const report of Object.values(reports)) rmSync(`${root}${folder}/${report}`, { force: true })
}

const folders = new Map(workspaces().map(({ folder, manifest }) => [manifest.name, `${root}${folder}`]))
const folderOf = (/** @type {string} */ name) => folders.get(name) ?? root
// Turbo begins a log when a task begins: its age is the task's time.
for (const { taskId, task } of planned) {
  rmSync(logFile(folderOf(taskId.split('#')[0]), task), { force: true })
}
const { line, flush } = taskReporter(console.log, (name, task) => secondsSinceStart(folderOf(name), task))
const flags = [
  '--continue=dependencies-successful',
  '--log-order=grouped',
  '--output-logs=new-only',
  '--summarize',
]
/** @type {NodeJS.Timeout | undefined} */
let silence
const onLine = (/** @type {string} */ text) => {
  line(text)
  // The log of a task comes at once, when it ends: silence means that it is complete.
  clearTimeout(silence)
  silence = setTimeout(flush, 300)
}
const ran = installed || (await pnpm(['exec', 'turbo', 'run', ...tasks, ...flags, ...filters], { onLine }))
flush()
const changed = installed ? 'failed' : await changesets()
writeSeconds(times, summary()?.tasks ?? [])

const { passed, failed, lines } = tally(packages, root, summary())
console.log(`\n${lines.join('\n')}\nchangesets: ${changed}\n`)
const totalPassed = passed + (changed === 'passed' ? 1 : 0)
const totalFailed = failed + (changed === 'failed' ? 1 : 0)
console.log(`${totalPassed} passed, ${totalFailed || (ran === 0 ? 0 : 1)} failed`)
process.exitCode = totalFailed === 0 && ran === 0 ? 0 : 1

/** The tasks that turbo would run, and which of them are cached. */
async function plan() {
  /** @type {string[]} */
  const text = []
  await pnpm(['exec', 'turbo', 'run', ...tasks, ...filters, '--dry=json'], {
    onLine: (line) => text.push(line),
  })
  /** @type {import('./progress.mjs').PlannedTask[]} */
  const planned = JSON.parse(text.join('\n')).tasks
  return planned
}

/** Turbo's summary of the run; undefined if it was not reached. */
function summary() {
  if (!existsSync(runs)) return undefined
  return JSON.parse(readFileSync(`${runs}/${readdirSync(runs)[0]}`, 'utf8'))
}
