import { readFileSync, writeFileSync } from 'node:fs'
import { basename, isAbsolute } from 'node:path'
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
    plugins: [relativeSources],
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

const relativePath = (path?: string) => (path && isAbsolute(path) ? basename(path) : path)

/** What commands bundle, because it is not published. */
export const PRIVATE_PACKAGES = ['@gosa/charts', '@gosa/cli-kit', '@gosa/training']

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
