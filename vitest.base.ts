import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineConfig, mergeConfig, type ViteUserConfig } from 'vitest/config'

const packages = fileURLToPath(new URL('./packages/', import.meta.url))

/** Resolves `@gosa/x` to its sources (`packages/x/src`), so that tests need no build and coverage is counted. */
export const alias = readdirSync(packages).flatMap((name) => [
  { find: new RegExp(`^@gosa/${name}$`), replacement: `${packages}${name}/src/index.ts` },
  { find: new RegExp(`^@gosa/${name}/(.+)$`), replacement: `${packages}${name}/src/$1.ts` },
])

/** The common configuration of every package's vitest.config.ts. */
export const base = (config: ViteUserConfig = {}) =>
  mergeConfig(
    defineConfig({
      resolve: { alias },
      test: {
        include: ['src/**/*.test.ts'],
        setupFiles: [fileURLToPath(new URL('./vitest.setup.ts', import.meta.url))],
        // Long enough for a loaded machine, short enough to notice a hang.
        testTimeout: 120_000,
        hookTimeout: 120_000,
        reporters: ['default', ['json', { outputFile: '.vitest/results.json' }]],
        coverage: {
          enabled: true,
          provider: 'v8',
          include: ['src/**/*.ts'],
          exclude: ['src/**/*.test.ts'],
          reporter: ['text-summary', ['json-summary', { file: 'coverage.json' }]],
          reportsDirectory: '.vitest/coverage',
          thresholds: { lines: 90, branches: 85 },
        },
      },
    }),
    config,
  )
