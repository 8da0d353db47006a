import { base } from '../../vitest.base.ts'

// What draws and listens is tested in Chromium, where coverage is not counted; the rest is counted here.
export default base({
  test: {
    coverage: {
      exclude: [
        'src/**/*.test.ts',
        'src/**/*.testing.ts',
        'src/**/page.ts',
        'src/**/view/**',
        'src/shell/**',
        'src/dom/**',
        'src/main.ts',
        'src/pages.ts',
        'src/check/client.ts',
        'src/graph/learnt.ts',
        'src/**/*.worker.ts',
      ],
    },
  },
})
