import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { changesets } from './changesets.mjs'
import { pnpm, root } from './pnpm.mjs'
import { reports, tally } from './tally.mjs'
import { workspaces } from './workspaces.mjs'

// `npm test`: sets up, runs the whole pipeline of turbo.json and closes with `N passed, N failed`.

const packages = workspaces()
const runs = `${root}.turbo/runs`
// Reports of an earlier run must not be counted.
rmSync(runs, { recursive: true, force: true })
for (const { folder } of packages) {
  for (const report of Object.values(reports)) rmSync(`${root}${folder}/${report}`, { force: true })
}

const tasks = ['build', 'typecheck', 'lint', 'lint:root', ...Object.keys(reports)]
const flags = ['--continue=dependencies-successful', '--output-logs=errors-only', '--summarize']
const installed = await pnpm(['install', '--frozen-lockfile'])
const ran = installed || (await pnpm(['exec', 'turbo', 'run', ...tasks, ...flags]))
const changed = installed ? 'failed' : await changesets()

const { passed, failed, lines } = tally(packages, root, summary())
console.log(`\n${lines.join('\n')}\nchangesets: ${changed}\n`)
const totalPassed = passed + (changed === 'passed' ? 1 : 0)
const totalFailed = failed + (changed === 'failed' ? 1 : 0)
console.log(`${totalPassed} passed, ${totalFailed || (ran === 0 ? 0 : 1)} failed`)
process.exitCode = totalFailed === 0 && ran === 0 ? 0 : 1

/** Turbo's summary of the run; undefined if it was not reached. */
function summary() {
  if (!existsSync(runs)) return undefined
  return JSON.parse(readFileSync(`${runs}/${readdirSync(runs)[0]}`, 'utf8'))
}
