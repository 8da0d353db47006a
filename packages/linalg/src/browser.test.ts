import { describe, expect } from 'vitest'
import { browserTest, runInChromium } from '../../../vitest.chromium.ts'

describe('setThreads in a browser', () => {
  const run = (script: string, options?: { isolated: boolean }) =>
    runInChromium(`export default async () => { ${script} }\n${imports}`, import.meta.url, options)
  const imports = `
    import { setThreads } from '@gosa/linalg/browser'
    import { createRng, matmul, randomNormal } from '@gosa/linalg'
    import { startBrowserThread } from './kernels/threads/browser-thread.ts'
    import { workerComputesAlone } from './kernels/threads/one-worker.testing.ts'`

  browserTest('computes products with the same bits, before and after threads are ready', async () => {
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

  browserTest('starts threads that compute while the page does nothing', async () => {
    expect(await run('return workerComputesAlone(startBrowserThread)')).toBe(true)
  })

  browserTest('throws if the page is not cross-origin isolated', async () => {
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
