import { defineConfig, type Options } from 'tsup'

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
    ...options,
  })

/** How every command is built: ESM for Node alone; what the apps share is bundled, packages stay dependencies. */
export const command = (options: Options = {}) =>
  defineConfig({
    entry: ['src/main.ts'],
    format: ['esm'],
    platform: 'node',
    target: 'node20',
    noExternal: ['@gosa/cli-kit'],
    clean: true,
    ...options,
  })
