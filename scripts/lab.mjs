import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { exitCode, root } from './pnpm.mjs'
import { runFolder } from './run-build.mjs'
import { setUp } from './set-up.mjs'

// `npm run lab -- my.ts`: sets up, runs a TypeScript or JavaScript file with every package, and again whenever it changes.
// Types are stripped, not checked. Without a terminal, or with --once, it runs once and ends with the file's exit code.

const usage = `usage: npm run lab -- <file> [--once] [-- <arguments of the file>]

  npm run lab -- first-network.ts    runs lab/first-network.ts, and again whenever it is saved; Ctrl-C ends it`

const { file, once, rest } = options()
await setUp()
const esbuild = await import('esbuild')
const output = join(root, 'lab/node_modules/.gosa', `${basename(file).replace(/\.\w+$/, '')}.mjs`)
const context = await esbuild.context({
  entryPoints: [file],
  outfile: output,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  sourcemap: true,
  packages: 'external',
  define: {
    'import.meta.url': JSON.stringify(pathToFileURL(file).href),
    'import.meta.filename': JSON.stringify(file),
    'import.meta.dirname': JSON.stringify(dirname(file)),
  },
  plugins: [{ name: 'packages', setup: resolvePackages }, ...(once ? [] : [{ name: 'rerun', setup: rerun }])],
})
if (once) {
  await context.rebuild().catch(() => process.exit(1))
  await context.dispose()
  process.exit(await exitCode(start()))
}
await context.watch()

function options() {
  const separator = process.argv.indexOf('--')
  const [own, rest] =
    separator < 0
      ? [process.argv.slice(2), []]
      : [process.argv.slice(2, separator), process.argv.slice(separator + 1)]
  try {
    const { values, positionals } = parseArgs({
      args: own,
      options: { once: { type: 'boolean' } },
      allowPositionals: true,
    })
    if (positionals.length !== 1) throw new Error('name one file')
    const places = [process.env.INIT_CWD ?? process.cwd(), `${root}lab`]
    const file = places.map((place) => resolve(place, positionals[0])).find((path) => existsSync(path))
    if (!file) throw new Error(`there is no file ${positionals[0]} here or in lab/`)
    return { file, once: values.once || !process.stdout.isTTY, rest }
  } catch (error) {
    console.error(`lab: ${/** @type {Error} */ (error).message}\n${usage}`)
    return process.exit(2)
  }
}

/** Imports of @gosa/… are the packages of the run build, wherever the file is. */
function resolvePackages(/** @type {any} */ build) {
  build.onResolve({ filter: /^@gosa\// }, (/** @type {{ path: string }} */ { path }) => {
    const name = path.slice('@gosa/'.length).replaceAll('/', '-')
    const target = `${runFolder}${name}.js`
    return existsSync(target) ? { path: pathToFileURL(target).href, external: true } : undefined
  })
}

function start() {
  return spawn(process.execPath, ['--enable-source-maps', output, ...rest], {
    stdio: 'inherit',
    cwd: process.env.INIT_CWD ?? process.cwd(),
  })
}

/** Runs the file after each build; one that still runs is ended first. */
function rerun(/** @type {any} */ build) {
  /** @type {import('node:child_process').ChildProcess | undefined} */
  let running
  build.onEnd((/** @type {{ errors: unknown[] }} */ { errors }) => {
    running?.kill()
    running = undefined
    if (errors.length > 0) return
    const child = start()
    running = child
    child.on('close', (code) => {
      if (running !== child) return
      console.error(
        `\n— ended${code ? ` with code ${code}` : ''}; save ${basename(file)} to run it again, Ctrl-C to stop —`,
      )
    })
  })
}
