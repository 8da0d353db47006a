import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import type { Block } from '../markdown.ts'
import { root } from '../workspace.ts'
import { moduleText, outputs } from './module-text.ts'

/** A source file that esbuild reads `@gosa/x` from, or undefined: `@gosa/x/node` → `packages/x/src/node.ts`. */
const sourceOf = (specifier: string): string =>
  specifier.replace(
    /^@gosa\/([^/]+)(?:\/(.+))?$/,
    (_, name, entry = 'index') => `${root}packages/${name}/src/${entry}.ts`,
  )

/**
 * Runs blocks as one module, with `@gosa/x` from its sources, in a process and an empty folder of its own; resolves to
 * what each block printed. Rejects with Node's own words where it fails.
 */
export async function run(
  path: string,
  blocks: Block[],
  environment: NodeJS.ProcessEnv,
): Promise<string[][]> {
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
          name: 'gosa from its sources',
          setup: ({ onResolve }) =>
            onResolve({ filter: /^@gosa\// }, ({ path }) => ({ path: sourceOf(path), sideEffects: false })),
        },
      ],
    })
    return outputs(await stdoutOf(outfile, folder, environment))
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
