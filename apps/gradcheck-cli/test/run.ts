import { spawn } from 'node:child_process'
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { inject } from 'vitest'

/** The folder in which the command is installed; the fixtures lie in it too. */
export const install = inject('install')

const main = join(install, 'node_modules/@gosa/gradcheck-cli/dist/main.js')

export interface Ended {
  code: number | null
  stdout: string
  stderr: string
}

export interface RunOptions {
  env?: Record<string, string>
  /** Called with all that was printed so far, on either stream, whenever there is more. */
  onOutput?: (text: string, child: { kill(signal: NodeJS.Signals): void }) => void
}

/** Runs the command as people do, in the folder where it is installed. */
export function gosaGradcheck(args: string[], { env, onOutput }: RunOptions = {}): Promise<Ended> {
  const { FORCE_COLOR, NO_COLOR, COLUMNS, GOSA_DATA_DIR, ...clean } = process.env
  const child = spawn(process.execPath, [main, ...args], { cwd: install, env: { ...clean, ...env } })
  const ended = { stdout: '', stderr: '' }
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text) => {
      ended[stream] += text
      onOutput?.(ended.stdout + ended.stderr, child as never)
    })
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject).on('close', (code) => resolve({ code, ...ended }))
  })
}

export const copyFixtures = (folder: string): void =>
  cpSync(fileURLToPath(new URL('./fixtures/', import.meta.url)), folder, { recursive: true })
