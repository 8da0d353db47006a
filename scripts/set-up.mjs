import { pnpm } from './pnpm.mjs'

/**
 * Installs what the lockfile says and builds an app with all that it needs; ends the process with the code of what fails.
 * All of it speaks on stderr: stdout belongs to the app.
 *
 * @param {string} app
 */
export async function setUp(app) {
  const steps = [
    ['install', '--frozen-lockfile'],
    ['exec', 'turbo', 'run', 'build', `--filter=${app}`, '--output-logs=errors-only'],
  ]
  for (const step of steps) {
    const code = await pnpm(step, { stdout: 2 })
    if (code !== 0) process.exit(code)
  }
}
