import { setThreads } from '@gosa/linalg/node'
import { afterEach, describe, expect, it } from 'vitest'
import { browserTest, runInChromium } from '../../../vitest.chromium.ts'
import { weightsAfterTraining } from './bits.testing.ts'

describe('500 training steps', () => {
  // Recorded under Node 20 (V8 11.3) on x86-64; every other engine and processor has to give the same.
  const recorded = '3a2de37a16521837ee5631349527eba17a17793e1fc0c4319b1cd18550807f52'
  const minute = 60_000
  afterEach(() => setThreads(1))

  it.each([1, 2])(
    'give the recorded weights in Node on %i threads',
    async (threads) => {
      setThreads(threads)
      expect(await weightsAfterTraining()).toBe(recorded)
    },
    minute,
  )

  for (const threads of [1, 2]) {
    browserTest(`give them in Chromium on ${threads} threads`, async () => {
      const module = `
        import { setThreads } from '@gosa/linalg/browser'
        import { weightsAfterTraining } from './bits.testing.ts'
        export default () => {
          setThreads(${threads})
          return weightsAfterTraining()
        }`
      expect(await runInChromium(module, import.meta.url)).toBe(recorded)
    })
  }
})
