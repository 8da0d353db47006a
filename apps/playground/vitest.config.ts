import { base } from '../../vitest.base.ts'

// Code that needs a DOM is tested in Chromium, where coverage is not counted; the rest is counted here.
export default base({
  test: {
    coverage: {
      exclude: [
        'src/**/*.test.ts',
        'src/**/*.testing.ts',
        'src/**/page.ts',
        'src/**/cards/**',
        'src/check/cards.ts',
        'src/ui/**',
        'src/shell/shell.ts',
        'src/shell/theme.ts',
        'src/main.ts',
        'src/pages.ts',
        'src/check/client.ts',
        'src/**/*.worker.ts',
      ],
    },
  },
})
