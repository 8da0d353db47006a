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
import { type BuildOptions, build } from 'esbuild'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** A folder in which the command and the packages are installed, made from the sources. */
    install: string
  }
}

const packages = fileURLToPath(new URL('../../../packages/', import.meta.url))
const own = fileURLToPath(new URL('../', import.meta.url))

/**
 * Before all tests: what `npm install @gosa/gradcheck-cli` would put into an empty folder, so that tests can run the
 * command as people do, and modules beside it find the packages.
 */
export async function setup({ provide }: TestProject) {
  const install = mkdtempSync(join(tmpdir(), 'gosa-gradcheck-'))
  await Promise.all([...readdirSync(packages).map((name) => library(install, name)), command(install)])
  provide('install', install)
  return () => rmSync(install, { recursive: true, force: true })
}

/** One package, from its sources, with every entry that its package.json names; as ESM and as CommonJS. */
async function library(install: string, name: string) {
  const source = join(packages, name)
  const target = join(install, 'node_modules/@gosa', name)
  const manifest = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8'))
  const entryPoints = Object.keys(manifest.exports)
    .filter((entry) => !entry.endsWith('.json'))
    .map((entry) => join(source, 'src', entry === '.' ? 'index.ts' : `${entry.slice(2)}.ts`))
  const options: BuildOptions = {
    entryPoints,
    bundle: true,
    platform: 'node',
    external: ['@gosa/*', 'vitest', 'jest'],
  }
  await Promise.all([
    build({ ...options, format: 'esm', outdir: join(target, 'dist') }),
    build({ ...options, format: 'cjs', outdir: join(target, 'dist'), outExtension: { '.js': '.cjs' } }),
  ])
  writeFileSync(join(target, 'package.json'), JSON.stringify(manifest))
}

async function command(install: string) {
  const target = join(install, 'node_modules/@gosa/gradcheck-cli')
  await build({
    entryPoints: ['main', 'worker', 'hooks'].map((name) => join(own, 'src', `${name}.ts`)),
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    splitting: true,
    external: [
      ...readdirSync(packages).flatMap((name) => [`@gosa/${name}`, `@gosa/${name}/*`]),
      '@swc/*',
      'commander',
    ],
    outdir: join(target, 'dist'),
  })
  writeFileSync(join(target, 'package.json'), readFileSync(join(own, 'package.json')))
  for (const name of ['@swc/wasm-typescript', 'commander']) {
    const link = join(install, 'node_modules', name)
    mkdirSync(dirname(link), { recursive: true })
    symlinkSync(join(own, 'node_modules', name), link, 'junction')
  }
}
