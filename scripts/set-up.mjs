import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { pnpm, root } from './pnpm.mjs'
import { inputsHash, runBuild } from './run-build.mjs'

/** The inputs that the present installation and build were made of. */
const stamp = `${root}node_modules/.gosa/inputs`

/**
 * Installs and builds what running needs, if anything has changed since the last time, and says so on stderr: stdout belongs
 * to the command. If a step fails, ends the process with its exit code.
 */
export async function setUp() {
  const before = inputsHash()
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === before) return
  await step('install', () =>
    pnpm(['install', '--frozen-lockfile', '--silent', ...installOptions()], { stdout: 2 }),
  )
  await step('build', async () => {
    await runBuild()
    return 0
  })
  // Installing generates sources.
  writeFileSync(stamp, inputsHash())
  say('run', '…')
}

/** Without development dependencies, the test tools, unless they are there already. */
function installOptions() {
  const state = `${root}node_modules/.modules.yaml`
  const isFull = existsSync(state) && /"devDependencies": true/.test(readFileSync(state, 'utf8'))
  return isFull ? [] : ['--prod']
}

/**
 * Runs a step and says what it is and how long it took. If it fails, ends the process with its exit code.
 *
 * @param {string} name
 * @param {() => Promise<number>} run
 */
export async function step(name, run) {
  const start = performance.now()
  say(name, '…')
  const code = await run().catch((/** @type {Error} */ error) => {
    console.error(error.message)
    return 1
  })
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  say(name, code === 0 ? `${seconds} s` : `failed after ${seconds} s`)
  if (code !== 0) process.exit(code)
}

/** @param {string} step @param {string} text */
function say(step, text) {
  process.stderr.write(`${step.padEnd(8)} ${text}\n`)
}
