import { base } from '../../vitest.base.ts'

// What runs in a page and its worker is tested in Chromium, where coverage is not counted.
export default base({
  test: { coverage: { exclude: ['src/**/*.test.ts', 'src/browser.ts', 'src/browser/**'] } },
})
