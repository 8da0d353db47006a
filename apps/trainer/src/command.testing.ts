import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chooseLanguage, runProgram, setLanguage } from '@gosa/cli-kit'
import { vi } from 'vitest'
import { program } from './program.ts'

/** The built command. */
export const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url))

export interface Ended {
  code: number | null
  signal: string | null
  stdout: string
  stderr: string
}

/** Few images and a small network: a run of a fraction of a second. */
export const SMALL = ['--train-size', '200', '--test-size', '50', '--hidden', '8', '--iterations', '6']

/** Runs the built command in a folder. `started` is called with its process, for example to send it a signal. */
export function command(
  cwd: string,
  args: readonly string[],
  { env = {}, started }: { env?: NodeJS.ProcessEnv; started?: (child: ChildProcess) => void } = {},
): Promise<Ended> {
  const { GOSA_DATA_DIR: _, NO_COLOR: _also, FORCE_COLOR: _too, ...inherited } = process.env
  const child = spawn(process.execPath, [MAIN, ...args], { cwd, env: { ...inherited, LC_ALL: 'C', ...env } })
  const ended = { stdout: '', stderr: '' }
  child.stdout.on('data', (text) => (ended.stdout += text))
  child.stderr.on('data', (text) => (ended.stderr += text))
  started?.(child)
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => resolve({ code, signal, ...ended }))
  })
}

/** Runs the command from its sources in this process, which is faster. It cannot be sent signals. */
export async function inProcess(
  cwd: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<Ended> {
  const ended: Ended = { code: null, signal: null, stdout: '', stderr: '' }
  const before = { cwd: process.cwd(), exitCode: process.exitCode }
  for (const name of ['stdout', 'stderr'] as const) {
    vi.spyOn(process[name], 'write').mockImplementation((text) => {
      ended[name] += text
      return true
    })
  }
  for (const [name, value] of Object.entries({ GOSA_DATA_DIR: '', ...env })) vi.stubEnv(name, value)
  process.chdir(cwd)
  setLanguage(chooseLanguage(args, env))
  try {
    await runProgram(program(), ['node', 'gosa-trainer', ...args])
    return { ...ended, code: Number(process.exitCode) }
  } finally {
    process.chdir(before.cwd)
    process.exitCode = before.exitCode
    for (const stream of [process.stdout, process.stderr]) stream.removeAllListeners('error')
    vi.unstubAllEnvs()
    vi.restoreAllMocks()
  }
}

/** The values of a stdout that holds only lines of JSON. */
export const jsonLines = (stdout: string): Record<string, unknown>[] =>
  stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))

/** A new folder for a test, and a function that removes it. */
export function temporaryFolder(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'gosa-trainer-'))
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}
