import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineConfig, mergeConfig, type ViteUserConfig } from 'vitest/config'

const packages = fileURLToPath(new URL('./packages/', import.meta.url))

/** `@gosa/x` is tested from its sources (`packages/x/src`), so no test needs a build and coverage counts. */
const alias = readdirSync(packages).flatMap((name) => [
  { find: new RegExp(`^@gosa/${name}$`), replacement: `${packages}${name}/src/index.ts` },
  { find: new RegExp(`^@gosa/${name}/(.+)$`), replacement: `${packages}${name}/src/$1.ts` },
])

/** What every package's vitest.config.ts starts from. */
export const base = (config: ViteUserConfig = {}) =>
  mergeConfig(
    defineConfig({
      resolve: { alias },
      test: {
        include: ['src/**/*.test.ts'],
        setupFiles: [fileURLToPath(new URL('./vitest.setup.ts', import.meta.url))],
        // A loaded machine is no fault of the code: long enough to tell waiting from hanging, and no more.
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
