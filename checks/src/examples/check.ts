import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import type { Block } from '../markdown.ts'
import { root } from '../repository.ts'
import { claimedOutput, difference, updatedPage } from './output.ts'
import { moduleText, outputsByBlock, type Program } from './program.ts'

/** Runs the programs of Markdown files and compares what they print with what their comments claim. */

/** A block that does not print what its comments claim. */
export interface Difference {
  block: Block
  printed: string[]
  /** The difference, with its line in the page. */
  message: string
}

/** Runs a program and compares. Blocks that need MNIST are left out if `data`, its folder, is undefined. */
export async function differences({ path, blocks }: Program, data?: string): Promise<Difference[]> {
  const present = blocks.filter(({ words }) => data || !words.includes('mnist'))
  if (present.length === 0) return []
  const outputs = await run(path, present, data ? { GOSA_DATA_DIR: data } : {})
  return present.flatMap((block, i) => {
    const printed = outputs[i] ?? []
    const claimed = claimedOutput(block.code).map(({ text }) => text)
    const found = difference(printed, claimed)
    return found ? [{ block, printed, message: `${path}:${block.line}: ${found}` }] : []
  })
}

/** Writes what the blocks print into a page; returns the differences that only a person can resolve. */
export function updateComments(path: string, found: Difference[]): Difference[] {
  return found.filter(({ block, printed }) => {
    const page = updatedPage(readFileSync(`${root}${path}`, 'utf8'), block, printed)
    if (page !== undefined) writeFileSync(`${root}${path}`, page)
    return page === undefined
  })
}

/** The source file of an import: `@gosa/x/node` → `packages/x/src/node.ts`. */
const sourceFile = (specifier: string): string =>
  specifier.replace(
    /^@gosa\/([^/]+)(?:\/(.+))?$/,
    (_, name, entry = 'index') => `${root}packages/${name}/src/${entry}.ts`,
  )

/**
 * Runs blocks as one module, with `@gosa/x` from its sources, in a new process and an empty folder. Resolves to the lines
 * that each block printed; rejects with Node's error output if it fails.
 */
async function run(path: string, blocks: Block[], environment: NodeJS.ProcessEnv): Promise<string[][]> {
  const folder = mkdtempSync(join(tmpdir(), 'gosa-example-'))
  const outfile = join(folder, 'example.mjs')
  try {
    await build({
      stdin: { contents: moduleText(blocks), sourcefile: path, loader: 'ts', resolveDir: root },
      bundle: true,
      platform: 'node',
      format: 'esm',
      sourcemap: 'inline',
      outfile,
      logLevel: 'silent',
      plugins: [
        {
          name: 'gosa from sources',
          setup: ({ onResolve }) =>
            onResolve({ filter: /^@gosa\// }, ({ path }) => ({ path: sourceFile(path), sideEffects: false })),
        },
      ],
    })
    return outputsByBlock(await stdoutOf(outfile, folder, environment))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function stdoutOf(module: string, cwd: string, environment: NodeJS.ProcessEnv): Promise<string> {
  const env = { ...process.env, ...environment, NO_COLOR: '1', FORCE_COLOR: undefined }
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      ['--enable-source-maps', module],
      { cwd, env, maxBuffer: 1e7 },
      (error, stdout, stderr) => (error ? reject(new Error(`it fails\n${stderr.trim()}`)) : resolve(stdout)),
    )
  })
}

/** The folder with MNIST's files: `GOSA_DATA_DIR`, or beside the repository; undefined if there is none. */
export function mnistFolder(): string | undefined {
  return [process.env.GOSA_DATA_DIR, join(root, '../shared/data/mnist')].find(
    (path) => path && existsSync(path),
  )
}
