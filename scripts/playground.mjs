import { parseArgs } from 'node:util'
import { pnpm } from './pnpm.mjs'
import { step } from './set-up.mjs'

// `npm run playground`: sets up, builds the page and serves it on the loopback interface until Ctrl-C; `--build` only builds.

const usage = 'npm run playground -- [--port <n>] [--build]'
const { port, build } = options()
const buildPage = ['exec', 'turbo', 'run', 'build', '--filter=@gosa/playground', '--output-logs=errors-only']
await step('install', () => pnpm(['install', '--frozen-lockfile', '--silent'], { stdout: 2 }))
await step('build', () => pnpm(buildPage, { stdout: 2 }))
if (build) process.exit()
const { serve } = await import('../apps/playground/server.mjs')
try {
  const { address } = await serve({ port })
  console.log(
    `\n  ${address}\n\nThe page is in apps/playground/dist, which any static host can serve. Ctrl-C stops the server.`,
  )
} catch (error) {
  const { code, message } = /** @type {NodeJS.ErrnoException} */ (error)
  fail(code === 'EADDRINUSE' ? `port ${port} is in use: choose another with --port` : message, 1)
}

/** The command-line options. */
function options() {
  try {
    const { values } = parseArgs({
      options: { port: { type: 'string', default: '4173' }, build: { type: 'boolean', default: false } },
    })
    const { build } = values
    const port = Number(values.port)
    if (Number.isInteger(port) && port >= 0 && port < 65_536) return { port, build }
    return fail(`--port must be an integer from 0 to 65535, not ${values.port}`, 2)
  } catch (error) {
    return fail(/** @type {Error} */ (error).message, 2)
  }
}

/**
 * @param {string} message
 * @param {number} code
 * @returns {never}
 */
function fail(message, code) {
  console.error(`${message}\nusage: ${usage}`)
  process.exit(code)
}
