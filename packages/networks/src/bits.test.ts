import { setThreads } from '@gosa/linalg/node'
import { afterEach, describe, expect, it } from 'vitest'
import { browserTest, runInChromium } from '../../../vitest.chromium.ts'
import { type Trained, weightsAfterTraining } from './bits.testing.ts'

// Recorded with Node 20 (V8 11.3) on x86-64; every other engine and processor has to give the same.
const RECORDED: [Trained, string, threads: number[]][] = [
  ['TwoLayerNet', '3a2de37a16521837ee5631349527eba17a17793e1fc0c4319b1cd18550807f52', [1, 2]],
  ['MultiLayerNet, sigmoid', 'e5afbed27ac137450600eb86b34b2bc16fd0e320492f9ec83ae3a005ba6ad403', [1]],
  ['MultiLayerNet, tanh', '7174d2588b935693d7c5941f3ed09a7eb79d58b43817d6fcdafeb4268019a72d', [1]],
]

describe.each(RECORDED)('500 training steps of %s', (name, recorded, counts) => {
  const minute = 60_000
  afterEach(() => setThreads(1))

  it.each(counts)(
    'give the recorded weights in Node on %i threads',
    async (threads) => {
      setThreads(threads)
      expect(await weightsAfterTraining(name)).toBe(recorded)
    },
    minute,
  )

  for (const threads of counts) {
    browserTest(`give them in Chromium on ${threads} threads`, async () => {
      const module = `
        import { setThreads } from '@gosa/linalg/browser'
        import { weightsAfterTraining } from './bits.testing.ts'
        export default () => {
          setThreads(${threads})
          return weightsAfterTraining(${JSON.stringify(name)})
        }`
      expect(await runInChromium(module, import.meta.url)).toBe(recorded)
    })
  }
})
