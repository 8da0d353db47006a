import { existsSync, readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, isAbsolute, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { defineConfig, type Options } from 'tsup'

type Plugin = NonNullable<Options['plugins']>[number]

/** How every library package is built: ESM and CommonJS, with types for both, for any engine. */
export const library = (options: Options = {}) =>
  defineConfig({
    entry: ['src/index.ts'],
    format: ['esm', 'cjs'],
    platform: 'neutral',
    target: 'es2022',
    sourcemap: true,
    clean: true,
    dts: { compilerOptions: { ignoreDeprecations: '6.0' } },
    plugins: [relativeSources, ownClassNames],
    ...options,
  })

/** Makes source maps relative: those of shared CommonJS chunks would publish absolute paths of the build machine. */
const relativeSources: Plugin = {
  name: 'relative sources',
  buildEnd({ writtenFiles }) {
    for (const { name } of writtenFiles.filter(({ name }) => name.endsWith('.map'))) {
      const { file, sources, ...map } = JSON.parse(readFileSync(name, 'utf8'))
      writeFileSync(
        name,
        JSON.stringify({ ...map, file: relativePath(file), sources: sources.map(relativePath) }),
      )
    }
  },
}

/**
 * Gives classes their names back: esbuild writes `var Tensor = class _Tensor` for a class that refers to itself, and
 * `console.log` would print the underscore.
 */
const ownClassNames: Plugin = {
  name: 'own class names',
  renderChunk(code, { map }) {
    const names = [...code.matchAll(/\bvar (\w+) = class _\1\b/g)].map(([, name]) => name)
    const renamed = names.reduce((text, name) => text.replace(new RegExp(`\\b_${name}\\b`, 'g'), name), code)
    return names.length > 0 ? { code: renamed, map } : undefined
  },
}

const relativePath = (path?: string) => (path && isAbsolute(path) ? basename(path) : path)

/** What commands bundle, because it is not published. */
export const PRIVATE_PACKAGES = ['@gosa/charts', '@gosa/cli-kit']

/** How every command is built: ESM for Node; private packages are bundled, public ones stay dependencies. */
export const command = (options: Options = {}) =>
  defineConfig({
    entry: ['src/main.ts'],
    format: ['esm'],
    platform: 'node',
    target: 'node20',
    noExternal: PRIVATE_PACKAGES,
    clean: true,
    ...options,
  })

/**
 * Writes the licences of bundled libraries to `dist/THIRD-PARTY-LICENSES.txt`. Each library is given as the chain of packages
 * through which it is found from the file `from`, such as `['@gosa/charts', 'd3-array']`.
 */
export function writeLicenses(from: string, chains: readonly (readonly string[])[]): void {
  const texts = chains.map((chain) => {
    const folder = chain.reduce((origin, name) => packageFolder(origin, name), dirname(fileURLToPath(from)))
    const file = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name))
    if (file === undefined) throw new Error(`${chain.join(' → ')} has no licence file`)
    return `${chain.at(-1)}, part of this package\n\n${readFileSync(join(folder, file), 'utf8')}`
  })
  writeFileSync('dist/THIRD-PARTY-LICENSES.txt', texts.join('\n'))
}

/** The folder of a package that a file in `origin` would import. */
function packageFolder(origin: string, name: string): string {
  const folders = createRequire(join(origin, 'package.json')).resolve.paths(name) ?? []
  const found = folders
    .map((folder) => join(folder, name))
    .find((folder) => existsSync(join(folder, 'package.json')))
  if (found === undefined) throw new Error(`${name} is not installed for ${origin}`)
  return realpathSync(found)
}
