/** Runs programs under the `mpiexec` of each MPI that is installed. */
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { alias } from '../../../vitest.base.ts'

/** An MPI: the command that starts processes, with the words that let it start more of them than there are processors, as root. */
interface Launcher {
  readonly name: string
  readonly command: string
  readonly words: readonly string[]
}

const LAUNCHERS: readonly Launcher[] = [
  {
    name: 'Open MPI',
    command: '/usr/bin/mpiexec.openmpi',
    words: ['--allow-run-as-root', '--oversubscribe', '--mca', 'btl', 'vader,self'],
  },
  { name: 'MPICH', command: '/usr/bin/mpiexec.mpich', words: [] },
]

/** The MPIs that are found here; a line is printed for each that is not. */
export const launchers = LAUNCHERS.filter(({ name, command }) => {
  if (existsSync(command)) return true
  if (process.env.GOSA_DEMAND_NATIVE === '1') throw new Error(`no ${name} found: ${command}`)
  console.log(`left out, since there is no ${command}: programs under ${name}`)
  return false
})

/** A program that is bundled from the sources, and what removes it. */
export interface Program {
  readonly file: string
  remove(): void
}

/** Bundles a module, with the sources of `@gosa/x`, into a program that Node runs. */
export async function bundle(contents: string): Promise<Program> {
  // In this package, so that Node finds koffi.
  const folder = mkdtempSync(fileURLToPath(new URL('../node_modules/.program-', import.meta.url)))
  const file = join(folder, 'program.mjs')
  await build({
    stdin: { contents, resolveDir: fileURLToPath(new URL('.', import.meta.url)), loader: 'ts' },
    outfile: file,
    bundle: true,
    format: 'esm',
    platform: 'node',
    external: ['koffi'],
    plugins: [
      {
        name: 'sources',
        setup: ({ onResolve }) =>
          onResolve({ filter: /^@gosa\// }, ({ path }) => {
            const { find, replacement } = alias.find(({ find }) => find.test(path)) as (typeof alias)[number]
            return { path: path.replace(find, replacement) }
          }),
      },
    ],
  })
  return { file, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/** What a job printed, and how it ended. */
export interface Outcome {
  readonly code: number | null
  /** The lines of standard output, sorted, since processes print in any order. */
  readonly lines: readonly string[]
  readonly errors: string
}

/** Runs a program in `size` processes; `words` are its arguments. */
export function mpiexec(
  { command, words: own }: Launcher,
  size: number,
  { file }: Program,
  words: readonly string[] = [],
): Promise<Outcome> {
  const child = spawn(command, [...own, '-n', String(size), process.execPath, file, ...words], {
    // Open MPI puts sockets there, whose paths must be short.
    env: { ...process.env, TMPDIR: tmpdir() },
  })
  const [output, errors]: [string[], string[]] = [[], []]
  child.stdout.setEncoding('utf8').on('data', (text: string) => output.push(text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => errors.push(text))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) =>
      resolve({ code, lines: output.join('').split('\n').filter(Boolean).sort(), errors: errors.join('') }),
    )
  })
}
