import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { constants } from 'node:os'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { environment } from './environment.mjs'

/** The repository's root folder, with a trailing separator. */
export const root = fileURLToPath(new URL('../', import.meta.url))

const { devEngines } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
const pinned = `pnpm@${devEngines.packageManager.version}`

/**
 * Runs the pnpm version that the root package.json pins, without a prior installation. Resolves to its exit code.
 *
 * Its output goes to stdout, to stderr with `stdout: 2`, nowhere with `'ignore'`, or line by line to `onLine`.
 *
 * @param {string[]} args
 * @param {{ stdout?: 'inherit' | 'ignore' | 2, onLine?: (line: string) => void }} [options]
 */
export function pnpm(args, { stdout = 'inherit', onLine } = {}) {
  const words = ['npx', '--yes', '--prefer-offline', pinned, ...args]
  // On Windows npx is a batch file, which needs a shell; `words` contains no shell metacharacters.
  const [command, rest] = process.platform === 'win32' ? [words.join(' '), []] : [words[0], words.slice(1)]
  const shell = process.platform === 'win32'
  const stdio = /** @type {const} */ (['ignore', onLine ? 'pipe' : stdout, 'inherit'])
  const child = spawn(command, rest, { cwd: root, env: environment(), stdio: [...stdio], shell })
  if (onLine && child.stdout) createInterface({ input: child.stdout }).on('line', onLine)
  return exitCode(child)
}

/**
 * Resolves to the exit code of a child process, or to 128 + the signal's number if a signal ended it, as in shells.
 *
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<number>}
 */
export function exitCode(child) {
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)))
  })
}
