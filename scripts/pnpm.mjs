import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { environment } from './environment.mjs'

/** The repository's folder. */
export const root = fileURLToPath(new URL('../', import.meta.url))

const { devEngines } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
const pinned = `pnpm@${devEngines.packageManager.version}`

/**
 * Runs the pnpm that the root package.json pins, which nobody has to install first; resolves to its exit code.
 *
 * What it prints on stdout goes there, or to stderr with `stdout: 2`.
 */
export function pnpm(args, { stdout = 'inherit' } = {}) {
  const words = ['--yes', '--prefer-offline', pinned, ...args]
  const options = { cwd: root, env: environment(), stdio: ['ignore', stdout, 'inherit'] }
  // On Windows npx is a batch file, which only a shell starts; `words` holds nothing that a shell would read.
  const windows = process.platform === 'win32'
  return ended(
    windows ? spawn(['npx', ...words].join(' '), { ...options, shell: true }) : spawn('npx', words, options),
  )
}

/** The exit code of a child process; where a signal ended it, 128 + the signal's number, as in shells. */
export function ended(child) {
  const numbers = { SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGTERM: 15 }
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => resolve(code ?? 128 + (numbers[signal] ?? 0)))
  })
}
