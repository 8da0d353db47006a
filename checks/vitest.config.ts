import { defineConfig } from 'vitest/config'
import { alias } from '../vitest.base.ts'

/** Which tests run in which mode (`--mode pack`), each with a report of its own; `test` is vitest's default. */
const folders: Record<string, string> = { test: '{rules,nonsense}', examples: 'examples', pack: 'pack' }

export default defineConfig(({ mode }) => ({
  resolve: { alias },
  test: {
    include: [`src/${folders[mode]}/**/*.test.ts`],
    reporters: ['default', ['json', { outputFile: `.vitest/${mode === 'test' ? 'results' : mode}.json` }]],
    testTimeout: 120_000,
    // `pnpm --filter @gosa/checks examples -u` writes into the pages what their blocks print.
    env: process.argv.some((word) => /^(-u|--update)$/.test(word)) ? { GOSA_UPDATE_EXAMPLES: '1' } : {},
  },
}))
