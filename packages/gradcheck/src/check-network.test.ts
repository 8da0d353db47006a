import { type DType, type Tensor, tensor } from '@gosa/linalg'
import { describe, expect, it } from 'vitest'
import { checkNetwork, numericalGradient } from './index.ts'
import { normal, SmallNet } from './layers.testing.ts'

const x = normal([4, 3], 7, 1)
const t = Uint8Array.of(0, 2, 1, 0)

/** Makes the weights as small as the book's are. */
function shrink(network: SmallNet, by: number): void {
  for (const weight of Object.values(network.params)) {
    for (let i = 0; i < weight.size; i++) weight.data[i] *= by
  }
}

describe('checkNetwork', () => {
  it('passes a right network, with a row for each weight', () => {
    const report = checkNetwork(new SmallNet(3, 5, 3), x, t)
    expect([report.verdict, report.findings]).toEqual(['pass', []])
    expect(report.entries.map(({ name }) => name)).toEqual(['W1', 'b1', 'W2', 'b2'])
    for (const { maxRelativeError } of report.entries) expect(maxRelativeError).toBeLessThan(1e-7)
  })

  it("finds one flipped sign in W1, by name and index, where the book's mean is below any limit", () => {
    class Flipped extends SmallNet {
      override gradient(given: Tensor, labels: ArrayLike<number>): Record<string, Tensor> {
        const gradients = super.gradient(given, labels)
        gradients.W1.data[33] *= -1
        return gradients
      }
    }
    // The book's standard deviation of 0.01, in a net small enough for a test.
    const network = new Flipped(40, 10, 3)
    shrink(network, 0.02)
    const images = normal([3, 40], 9)
    const [W1, ...others] = checkNetwork(network, images, Uint8Array.of(0, 1, 2)).entries
    expect([W1.name, W1.verdict, W1.wrong, W1.worst?.index]).toEqual(['W1', 'fail', 1, [3, 3]])
    expect(W1.meanAbsoluteDifference).toBeLessThan(1e-4)
    expect(others.map(({ verdict }) => verdict)).toEqual(['pass', 'pass', 'pass'])
  })

  it('passes right code where the weights are so small that kinks are within reach, over many seeds', () => {
    for (let seed = 0; seed < 20; seed++) {
      const network = new SmallNet(3, 5, 3, seed)
      shrink(network, 0.02)
      for (const method of ['central', 'richardson'] as const) {
        expect(checkNetwork(network, normal([4, 3], seed), t, { seed, method }).verdict).toBe('pass')
      }
    }
  })

  it('takes the weights from parameters() and the gradients from their handles, where it is so', () => {
    const inner = new SmallNet(3, 5, 3)
    const network = {
      loss: (given: Tensor, labels: Uint8Array) => inner.loss(given, labels),
      gradient(given: Tensor, labels: Uint8Array): void {
        inner.gradient(given, labels)
      },
      parameters: () => [...inner.first.parameters()],
    }
    const report = checkNetwork(network, x, t)
    expect([report.name, report.verdict]).toEqual(['network', 'pass'])
    expect(report.entries.map(({ name }) => name)).toEqual(['W', 'b'])
  })

  it('checks a float32 network on a float64 copy of its own making, and leaves it alone', () => {
    class Single extends SmallNet {
      astype(_dtype: DType): SmallNet {
        return new SmallNet(3, 5, 3)
      }
    }
    const network = new Single(3, 5, 3)
    const single = { ...network.params, W1: network.params.W1.astype('float32') }
    const seen: unknown[] = []
    const coarse = Object.assign(network, {
      params: single,
      loss: (given: Tensor) => seen.push(given.dtype),
      gradient: () => single,
    })
    const report = checkNetwork(coarse, x.astype('float32'), t, { properties: false })
    expect([report.verdict, report.dtype]).toEqual(['pass', 'float64'])
    expect(new Set(seen)).toEqual(new Set(['float32']))
  })

  it('finds gradients that are not those of a function around the point', () => {
    class Curled extends SmallNet {
      override gradient(given: Tensor, labels: ArrayLike<number>): Record<string, Tensor> {
        const gradients = super.gradient(given, labels)
        // Right at this very point alone.
        const [own, other] = [this.params.b1.data[0] - start, this.params.b2.data[0]]
        gradients.b1.data[0] += own * other
        gradients.b2.data[1] += own
        return gradients
      }
    }
    const network = new Curled(3, 5, 3)
    const start = network.params.b1.data[0]
    const report = checkNetwork(network, x, t)
    expect(report.entries.every(({ verdict }) => verdict === 'pass')).toBe(true)
    expect(report.findings.map(({ name }) => name)).toEqual(['not-symmetric'])
    expect(checkNetwork(network, x, t, { secondOrder: false }).verdict).toBe('pass')
  })

  it('finds what a network writes into, and gradients kept from other inputs', () => {
    class Spoiling extends SmallNet {
      override gradient(given: Tensor, labels: ArrayLike<number>): Record<string, Tensor> {
        const gradients = super.gradient(given, labels)
        given.data[0] = 5
        this.params.W2.data[0] += 1
        return gradients
      }
    }
    const { findings } = checkNetwork(new Spoiling(3, 5, 3), x.clone(), t)
    expect(findings.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['constant-mutated', 'parameter-mutated']),
    )
    class Stale extends SmallNet {
      kept?: Tensor
      override gradient(given: Tensor, labels: ArrayLike<number>): Record<string, Tensor> {
        this.kept ??= given.clone()
        return super.gradient(this.kept, labels)
      }
    }
    const [W1] = checkNetwork(new Stale(3, 5, 3), x, t).entries
    expect(W1.cause).toBe('the gradient is that of an earlier forward pass, whose inputs are still kept')
  })

  it('compares the very numbers that numericalGradient gives', () => {
    const network = new SmallNet(3, 5, 3)
    const [{ numerical }] = checkNetwork(network, x, t, { method: 'central' }).entries
    const own = numericalGradient(() => network.loss(x, t), network.params.W1)
    for (let i = 0; i < own.size; i++) {
      expect(Math.abs((numerical?.data[i] ?? 0) - own.data[i])).toBeLessThan(1e-9)
    }
  })

  it('refuses what is no network, or shows no weights', () => {
    expect(() => checkNetwork({} as never, x, t)).toThrow(/loss\(x, t\) and gradient\(x, t\)/)
    const blind = { loss: () => 1, gradient: () => ({}) }
    expect(() => checkNetwork(blind, x, t)).toThrow(/must show its weights/)
    expect(() => checkNetwork({ ...blind, params: {} }, tensor([1]), t)).toThrow(TypeError)
  })
})
