import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { createRng, randomNormal } from '@gosa/linalg'
import { TwoLayerNet } from '@gosa/networks'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { fit } from '../index.ts'

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

describe('fit over 10,000 steps', () => {
  it('keeps no more objects and arrays than over 2,000, and creates and grows no memory of the kernels', async () => {
    const rng = createRng(1)
    const x = randomNormal([500, 20], { rng, dtype: 'float32' })
    const t = Uint8Array.from({ length: 500 }, () => rng.integer(3))
    const network = new TwoLayerNet({ inputSize: 20, hiddenSize: 30, outputSize: 3, rng })
    const grow = vi.spyOn(WebAssembly.Memory.prototype, 'grow')
    const { Memory } = WebAssembly
    let created = 0
    onTestFinished(() => {
      WebAssembly.Memory = Memory
      grow.mockRestore()
    })
    WebAssembly.Memory = class extends Memory {
      constructor(descriptor: WebAssembly.MemoryDescriptor) {
        super(descriptor)
        created++
      }
    }
    const seen: { memories: number; bytes: number }[] = []
    await fit(
      network,
      { x, t },
      {
        ...{
          iterations: 10_000,
          batchSize: 10,
          validation: { x, t },
          metrics: ['accuracy'],
          learningRate: 1e-5,
        },
        onStep({ iteration }) {
          if (iteration % 2000 !== 0) return
          collectGarbage()
          const { heapUsed, arrayBuffers } = process.memoryUsage()
          seen.push({
            memories: created + grow.mock.calls.length,
            bytes: heapUsed + arrayBuffers,
          })
        },
      },
    )
    expect(seen).toHaveLength(5)
    expect(created).toBeGreaterThan(0)
    expect(seen[4].memories).toBe(seen[0].memories)
    // The history has an entry per epoch: 160 more. One tensor kept per step would be 8,000 of 7 kB.
    expect(seen[4].bytes - seen[0].bytes).toBeLessThan(1_000_000)
  })
})
