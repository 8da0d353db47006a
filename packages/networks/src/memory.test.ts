import { axpy, createRng, mul, type Rng, randomNormal } from '@gosa/linalg'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { ACTIVATIONS, MultiLayerNet, TwoLayerNet } from './index.ts'

/** Starts to count the elements of newly allocated float arrays; returns a function that returns the count. */
function countElements(): () => number {
  let elements = 0
  const counting = <T extends typeof Float32Array | typeof Float64Array>(original: T): T =>
    new Proxy(original, {
      construct(target, [size, ...more]) {
        elements += typeof size === 'number' ? size : (size.length ?? 0)
        return Reflect.construct(target, [size, ...more])
      },
    })
  vi.stubGlobal('Float32Array', counting(Float32Array))
  vi.stubGlobal('Float64Array', counting(Float64Array))
  return () => elements
}

const TWO_LAYERS = [
  'TwoLayerNet',
  (rng: Rng) => new TwoLayerNet({ inputSize: 12, hiddenSize: 9, outputSize: 4, rng }),
] as const
const DEEP = ACTIVATIONS.map(
  (activation) =>
    [
      `MultiLayerNet, ${activation}`,
      (rng: Rng) => new MultiLayerNet({ inputSize: 12, hiddenSizes: [9, 8], outputSize: 4, activation, rng }),
    ] as const,
)

describe.each([TWO_LAYERS, ...DEEP])('A training step of %s', (_name, create) => {
  afterEach(() => {
    vi.unstubAllGlobals()
  })

  function training(batch: number) {
    const rng = createRng(1)
    const network = create(rng)
    const x = randomNormal([batch, 12], { rng, dtype: 'float32' })
    const t = new Uint8Array(batch).map(() => rng.integer(4))
    const parameters = network.parameters()
    return () => {
      network.gradient(x, t)
      for (const { value, grad } of parameters) axpy(-0.1, grad, value)
    }
  }

  it('allocates nothing that grows with the batch, over 10,000 steps', () => {
    const made = [10, 40].map((batch) => {
      const step = training(batch)
      step()
      const count = countElements()
      for (let i = 0; i < 5000; i++) step()
      vi.unstubAllGlobals()
      return count()
    })
    expect(made[0]).toBe(made[1])
    // Numbers that an operation converts to a tensor, such as the factor 1/N.
    expect(made[1] / 5000).toBeLessThanOrEqual(4)
  })

  it('is counted correctly by this test: 480 elements are 480', () => {
    const count = countElements()
    randomNormal([40, 12], { rng: createRng(1), dtype: 'float32' })
    expect(count()).toBe(480)
  })

  it('does not overwrite earlier predictions', () => {
    const rng = createRng(1)
    const network = create(rng)
    const x = randomNormal([5, 12], { rng, dtype: 'float32' })
    const first = network.predict(x)
    const kept = first.clone()
    network.gradient(x, Uint8Array.of(0, 1, 2, 3, 0))
    network.predict(mul(x, 2))
    expect(first.data).toEqual(kept.data)
  })

  it('overwrites the gradients of the step before, which loss does not', () => {
    const rng = createRng(1)
    const network = create(rng)
    const x = randomNormal([5, 12], { rng, dtype: 'float32' })
    const first = network.gradient(x, Uint8Array.of(0, 1, 2, 3, 0)).W1
    const kept = first.clone()
    network.loss(x, Uint8Array.of(3, 2, 1, 0, 3))
    expect(first.data).toEqual(kept.data)
    expect(network.gradient(x, Uint8Array.of(3, 2, 1, 0, 3)).W1).toBe(first)
    expect(first.data).not.toEqual(kept.data)
  })
})
