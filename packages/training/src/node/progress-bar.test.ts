import { createRng, randomNormal } from '@gosa/linalg'
import { TwoLayerNet } from '@gosa/networks'
import { describe, expect, it } from 'vitest'
import { fit } from '../index.ts'
import { progressBar } from './progress-bar.ts'

const x = randomNormal([40, 2], { rng: createRng(0), dtype: 'float32' })
const t = Uint8Array.from({ length: 40 }, (_, n) => (x.data[2 * n] > 0 ? 1 : 0))

async function shown(terminal: { isTTY?: boolean; columns?: number }, validation?: number): Promise<string> {
  let text = ''
  const stream = { ...terminal, write: (more: string) => (text += more) }
  const network = new TwoLayerNet({ inputSize: 2, hiddenSize: 4, outputSize: 2 })
  await fit(
    network,
    { x, t },
    { epochs: 2, metrics: ['accuracy'], validation, progress: progressBar({ stream }) },
  )
  return text
}

describe('progressBar', () => {
  it('draws a bar in a terminal, clears it, and leaves a line for each epoch', async () => {
    const text = (await shown({ isTTY: true, columns: 60 }, 0.25)).replaceAll('\r\u001b[K', '<clear>')
    expect(text.startsWith('<clear>━')).toBe(true)
    expect(text).toMatch(/step 1 of 2, loss 0\.\d+, 0 s left<clear>epoch 1, loss/)
    const lines = text.replace(/<clear>[━─][^<]*/g, '').replaceAll('<clear>', '')
    expect(lines).toMatch(
      /^epoch 1, loss 0\.\d+, validation: loss 0\.\d+, accuracy \d\.\d+, best\nepoch 2, .*\n$/,
    )
  })

  it('fits into narrow terminals', async () => {
    for (const line of (await shown({ isTTY: true, columns: 20 })).split('\r\u001b[K')) {
      if (line.includes('step')) expect(line.length).toBeLessThan(20)
    }
  })

  it('writes the lines of the epochs alone where there is no terminal', async () => {
    expect(await shown({})).toMatch(
      /^epoch 1, loss 0\.\d+, training: loss 0\.\d+, accuracy \d\.\d+\nepoch 2, .*\n$/,
    )
  })
})
