import { describe, expect } from 'vitest'
import { browserTest, runInChromium } from '../../../vitest.chromium.ts'

describe('setThreads in a browser', () => {
  const run = (script: string, options?: { isolated: boolean }) =>
    runInChromium(`export default async () => { ${script} }\n${imports}`, import.meta.url, options)
  const imports = `
    import { setThreads } from '@gosa/linalg/browser'
    import { createRng, matmul, randomNormal } from '@gosa/linalg'
    import { startBrowserThread } from './kernels/threads/browser-thread.ts'
    import { othersWork } from './kernels/threads/wait-for-worker.testing.ts'`

  browserTest('gives products the same bits, whether threads are ready or not', async () => {
    const same = await run(`
      const rng = createRng(1)
      const [a, b] = [randomNormal([200, 301], { rng }), randomNormal([301, 99], { rng })]
      const expected = matmul(a, b).data
      setThreads(3)
      for (let i = 0; i < 20; i++) {
        if (!matmul(a, b).data.every((value, i) => value === expected[i])) return false
        await new Promise((done) => setTimeout(done, 10))
      }
      setThreads(1)
      return true`)
    expect(same).toBe(true)
  })

  browserTest('starts threads that work while the page does nothing', async () => {
    expect(await run('return othersWork(startBrowserThread)')).toBe(true)
  })

  browserTest('is refused where a page is not cross-origin isolated', async () => {
    const message = await run(
      `
      setThreads(1)
      try {
        setThreads(2)
      } catch (error) {
        return error.message
      }`,
      { isolated: false },
    )
    expect(message).toMatch(/cross-origin isolated: send the headers Cross-Origin-Opener-Policy: same-origin/)
  })
})
