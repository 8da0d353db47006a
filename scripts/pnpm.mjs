import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { constants } from 'node:os'
import { fileURLToPath } from 'node:url'
import { environment } from './environment.mjs'

/** The repository's folder, closed by a separator. */
export const root = fileURLToPath(new URL('../', import.meta.url))

const { devEngines } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
const pinned = `pnpm@${devEngines.packageManager.version}`

/**
 * Runs the pnpm that the root package.json pins, which nobody has to install first; resolves to its exit code.
 *
 * What it prints on stdout goes there, or to stderr with `stdout: 2`, or nowhere with `'ignore'`.
 *
 * @param {string[]} args
 * @param {{ stdout?: 'inherit' | 'ignore' | 2 }} [options]
 */
export function pnpm(args, { stdout = 'inherit' } = {}) {
  const words = ['npx', '--yes', '--prefer-offline', pinned, ...args]
  // On Windows npx is a batch file, which only a shell starts; `words` holds nothing that a shell would read.
  const [command, rest] = process.platform === 'win32' ? [words.join(' '), []] : [words[0], words.slice(1)]
  const shell = process.platform === 'win32'
  return ended(
    spawn(command, rest, { cwd: root, env: environment(), stdio: ['ignore', stdout, 'inherit'], shell }),
  )
}

/**
 * The exit code of a child process; where a signal ended it, 128 + the signal's number, as in shells.
 *
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<number>}
 */
export function ended(child) {
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)))
  })
}
