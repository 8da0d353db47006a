import { pnpm } from './pnpm.mjs'

/**
 * Installs the lockfile's packages and builds an app with its dependencies. If a step fails, ends the process with its
 * exit code. All output goes to stderr: stdout belongs to the app.
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
