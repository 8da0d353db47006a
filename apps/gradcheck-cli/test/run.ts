import { spawn } from 'node:child_process'
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { inject } from 'vitest'

/** The folder in which the command is installed, beside the fixtures. */
export const install = inject('install')

const main = join(install, 'node_modules/@gosa/gradcheck-cli/dist/main.js')

export interface ExitedCommand {
  code: number | null
  stdout: string
  stderr: string
}

export interface RunOptions {
  env?: Record<string, string>
  /** Receives everything printed so far, on both streams, after each piece of output. */
  onOutput?: (text: string, child: { kill(signal: NodeJS.Signals): void }) => void
}

/** Runs the command as users do, in the folder where it is installed. */
export function gosaGradcheck(args: string[], { env, onOutput }: RunOptions = {}): Promise<ExitedCommand> {
  const { FORCE_COLOR, NO_COLOR, COLUMNS, GOSA_DATA_DIR, ...clean } = process.env
  const child = spawn(process.execPath, [main, ...args], { cwd: install, env: { ...clean, ...env } })
  const output = { stdout: '', stderr: '' }
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text) => {
      output[stream] += text
      onOutput?.(output.stdout + output.stderr, child as never)
    })
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject).on('close', (code) => resolve({ code, ...output }))
  })
}

/** What was printed on stderr, without how long a check will take, which a slow machine says. */
export const withoutTimeHints = (stderr: string): string =>
  stderr.replace(/^checking every entry takes .*\n.*\n/m, '')

export const copyFixtures = (folder: string): void =>
  cpSync(fileURLToPath(new URL('./fixtures/', import.meta.url)), folder, { recursive: true })
