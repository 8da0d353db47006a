import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from './pnpm.mjs'

/**
 * The build for running in this clone: all packages and both commands as ES modules in one folder, straight from the sources
 * by esbuild, in about a second. It needs none of the tools that make packages for publication (`turbo run build`).
 */

/** Where it is: `linalg.js` is @gosa/linalg, `linalg-kernels.js` its entry `kernels`, `gosa-trainer.js` the command. */
export const runFolder = `${root}node_modules/.gosa/run/`

/** Entry points of the commands; `gosa-gradcheck.js` loads the two others by these names, from its own folder. */
const COMMANDS = {
  'gosa-trainer': 'apps/trainer/src/main.ts',
  'gosa-gradcheck': 'apps/gradcheck-cli/src/main.ts',
  worker: 'apps/gradcheck-cli/src/worker.ts',
  'typescript-hooks': 'apps/gradcheck-cli/src/modules/typescript-hooks.ts',
}

/** Packages that are loaded from where they are installed: they find files beside themselves. */
const EXTERNAL = { '@swc/wasm-typescript': 'apps/gradcheck-cli/', koffi: 'packages/blas/' }

/** What generates sources, in order: the second bundles what the first writes. */
const GENERATORS = ['packages/linalg/assembly/build.mjs', 'packages/training/tools/build-worker.mjs']

/** Builds everything from the sources. Throws if a source does not compile. */
export async function runBuild() {
  // Neither is there before the installation.
  const esbuild = await import('esbuild')
  for (const generator of GENERATORS) {
    const { generate } = await import(new URL(`../${generator}`, import.meta.url).href)
    await generate()
  }
  rmSync(runFolder, { recursive: true, force: true })
  await esbuild.build({
    entryPoints: { ...packageEntries(), ...COMMANDS },
    absWorkingDir: root,
    outdir: runFolder,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    sourcemap: true,
    // Bundled CommonJS packages require Node's modules.
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'\nconst require = __createRequire(import.meta.url)",
    },
    plugins: [sources],
    logLevel: 'silent',
  })
  for (const file of readdirSync(runFolder).filter((name) => name.endsWith('.js'))) {
    const code = readFileSync(runFolder + file, 'utf8')
    writeFileSync(runFolder + file, withOwnClassNames(code))
  }
}

/** Undoes esbuild's `var Tensor = class _Tensor`, which `console.log` would show; `tsup.base.ts` does the same. */
const withOwnClassNames = (/** @type {string} */ code) =>
  [...code.matchAll(/\bvar (\w+) = class _\1\b/g)].reduce(
    (text, [, name]) => text.replace(new RegExp(`\\b_${name}\\b`, 'g'), name),
    code,
  )

/** Names of entries → sources: `{ linalg: 'packages/linalg/src/index.ts', 'linalg-kernels': … }`. */
function packageEntries() {
  const entries = readdirSync(`${root}packages`).flatMap((name) =>
    subpaths(name).map((subpath) => [
      subpath === '.' ? name : `${name}-${subpath.slice(2)}`,
      `packages/${name}/src/${subpath === '.' ? 'index' : subpath.slice(2)}.ts`,
    ]),
  )
  return Object.fromEntries(entries)
}

/** The subpaths that a package exports: `.`, `./kernels`. */
function subpaths(/** @type {string} */ name) {
  const manifest = `${root}packages/${name}/package.json`
  if (!existsSync(manifest)) return []
  const { exports = {} } = JSON.parse(readFileSync(manifest, 'utf8'))
  return Object.keys(exports).filter((subpath) => !/\.json$|testing$/.test(subpath))
}

/** Resolves `@gosa/x` to its sources, and external packages to where they are installed. */
const sources = {
  name: 'sources',
  setup(/** @type {any} */ build) {
    build.onResolve({ filter: /^@gosa\// }, (/** @type {{ path: string }} */ { path }) => {
      const [, name, subpath = 'index'] = path.split('/')
      return { path: join(root, 'packages', name, 'src', `${subpath}.ts`), sideEffects: false }
    })
    for (const [name, from] of Object.entries(EXTERNAL)) {
      build.onResolve({ filter: new RegExp(`^${name}$`) }, () => ({
        path: pathToFileURL(createRequire(`${root}${from}`).resolve(name)).href,
        external: true,
      }))
    }
  },
}

/** A hash of all that the build, and the installation before it, depend on: files by size and time, and Node's version. */
export function inputsHash() {
  const hash = createHash('sha256').update(process.version)
  const add = (/** @type {string} */ path) => {
    const { size, mtimeMs } = statSync(path)
    hash.update(`${path} ${size} ${mtimeMs}\n`)
  }
  for (const file of ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'scripts/run-build.mjs']) add(root + file)
  for (const folder of ['packages', 'apps', 'lab']) {
    for (const path of files(`${root}${folder}`)) add(path)
  }
  return hash.digest('hex')
}

const SKIPPED = new Set(['node_modules', 'dist', 'docs', 'tools', '.turbo', '.vitest'])

/** Sources and manifests in a folder. @returns {string[]} */
function files(/** @type {string} */ folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : files(path)
    const counts =
      entry.name === 'package.json' ||
      (/\/(src|assembly)\//.test(path) && !/\.(test|testing)\.ts$/.test(path))
    return counts ? [path] : []
  })
}
