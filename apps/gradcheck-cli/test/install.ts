import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type BuildOptions, build, transform } from 'esbuild'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** A folder in which the command and the packages are installed, made from the sources. */
    install: string
  }
}

const packages = fileURLToPath(new URL('../../../packages/', import.meta.url))
const app = fileURLToPath(new URL('../', import.meta.url))

const readManifest = (folder: string) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))

/** The packages that are installed; private ones are bundled into the command instead. */
const libraries = readdirSync(packages).filter((name) => !readManifest(join(packages, name)).private)

/**
 * Runs before all tests: builds from the sources what `npm install @gosa/gradcheck-cli` puts into an empty folder, so that
 * tests run the command as users do, and modules beside it find the packages.
 */
export async function setup({ provide }: TestProject) {
  const install = mkdtempSync(join(tmpdir(), 'gosa-gradcheck-'))
  await Promise.all([...libraries.map((name) => installLibrary(install, name)), installCommand(install)])
  provide('install', install)
  return () => rmSync(install, { recursive: true, force: true })
}

/** Installs a package with every entry point of its package.json, as ESM and as CommonJS. */
async function installLibrary(install: string, name: string) {
  const source = join(packages, name)
  const target = join(install, 'node_modules/@gosa', name)
  const manifest = readManifest(source)
  const entryPoints = Object.keys(manifest.exports)
    .filter((entry) => !entry.endsWith('.json'))
    .map((entry) => join(source, 'src', entry === '.' ? 'index.ts' : `${entry.slice(2)}.ts`))
  const options: BuildOptions = {
    entryPoints,
    bundle: true,
    // Entry points share their modules, as in the published packages.
    splitting: true,
    platform: 'node',
    format: 'esm',
    outdir: join(target, 'dist'),
    external: [...libraries.flatMap(withSubpaths), 'vitest', 'jest'],
  }
  const [, commonJs] = await Promise.all([
    build(options),
    build({ ...options, outExtension: { '.js': '.cjs' }, write: false }),
  ])
  // esbuild splits ES modules only, so each file becomes CommonJS afterwards.
  for (const { path, text } of commonJs.outputFiles) {
    writeFileSync(path, (await transform(text, { format: 'cjs' })).code)
  }
  writeFileSync(join(target, 'package.json'), JSON.stringify(manifest))
}

async function installCommand(install: string) {
  const target = join(install, 'node_modules/@gosa/gradcheck-cli')
  await build({
    entryPoints: {
      main: join(app, 'src/main.ts'),
      worker: join(app, 'src/worker.ts'),
      'typescript-hooks': join(app, 'src/modules/typescript-hooks.ts'),
    },
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    splitting: true,
    external: [...libraries.flatMap(withSubpaths), '@swc/*', 'commander'],
    outdir: join(target, 'dist'),
  })
  writeFileSync(join(target, 'package.json'), readFileSync(join(app, 'package.json')))
  for (const name of ['@swc/wasm-typescript', 'commander']) {
    const link = join(install, 'node_modules', name)
    mkdirSync(dirname(link), { recursive: true })
    symlinkSync(join(app, 'node_modules', name), link, 'junction')
  }
}

const withSubpaths = (name: string) => [`@gosa/${name}`, `@gosa/${name}/*`]
