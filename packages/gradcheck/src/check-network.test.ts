import { type DType, type Tensor, tensor } from '@gosa/linalg'
import { describe, expect, it } from 'vitest'
import { checkNetwork, numericalGradient } from './index.ts'
import { normal, SmallNet } from './layers.testing.ts'

const x = normal([4, 3], 7, 1)
const t = Uint8Array.of(0, 2, 1, 0)

/** Scales the weights down, for example to those of the book. */
function shrink(network: SmallNet, by: number): void {
  for (const weight of Object.values(network.params)) {
    for (let i = 0; i < weight.size; i++) weight.data[i] *= by
  }
}

describe('checkNetwork', () => {
  it('passes a right network, with an entry for each weight', () => {
    const report = checkNetwork(new SmallNet(3, 5, 3), x, t)
    expect([report.verdict, report.findings]).toEqual(['pass', []])
    expect(report.entries.map(({ name }) => name)).toEqual(['W1', 'b1', 'W2', 'b2'])
    for (const { maxRelativeError } of report.entries) expect(maxRelativeError).toBeLessThan(1e-7)
  })

  it("finds one wrong sign in W1 by name and index, which the book's mean hides", () => {
    class WithWrongSign extends SmallNet {
      override gradient(given: Tensor, labels: ArrayLike<number>): Record<string, Tensor> {
        const gradients = super.gradient(given, labels)
        gradients.W1.data[33] *= -1
        return gradients
      }
    }
    // The book's standard deviation of 0.01, in a network small enough for a test.
    const network = new WithWrongSign(40, 10, 3)
    shrink(network, 0.02)
    const images = normal([3, 40], 9)
    const [W1, ...others] = checkNetwork(network, images, Uint8Array.of(0, 1, 2)).entries
    expect([W1.name, W1.verdict, W1.wrong, W1.worst?.index]).toEqual(['W1', 'fail', 1, [3, 3]])
    expect(W1.meanAbsoluteDifference).toBeLessThan(1e-4)
    expect(others.map(({ verdict }) => verdict)).toEqual(['pass', 'pass', 'pass'])
  })

  it('passes right networks of 20 seeds whose weights are so small that kinks are in reach', () => {
    for (let seed = 0; seed < 20; seed++) {
      const network = new SmallNet(3, 5, 3, seed)
      shrink(network, 0.02)
      for (const method of ['central', 'richardson'] as const) {
        expect(checkNetwork(network, normal([4, 3], seed), t, { seed, method }).verdict).toBe('pass')
      }
    }
  })

  it('reads weights and gradients from parameters() if there are no params', () => {
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

  it('checks a float32 network on the float64 copy that its astype returns', () => {
    class WithFloat64Copy extends SmallNet {
      astype(_dtype: DType): SmallNet {
        return new SmallNet(3, 5, 3)
      }
    }
    const network = new WithFloat64Copy(3, 5, 3)
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

  it('finds gradients that are right at the point but not around it', () => {
    class RightAtOnePoint extends SmallNet {
      override gradient(given: Tensor, labels: ArrayLike<number>): Record<string, Tensor> {
        const gradients = super.gradient(given, labels)
        // Right only at this very point.
        const [own, other] = [this.params.b1.data[0] - start, this.params.b2.data[0]]
        gradients.b1.data[0] += own * other
        gradients.b2.data[1] += own
        return gradients
      }
    }
    const network = new RightAtOnePoint(3, 5, 3)
    const start = network.params.b1.data[0]
    const report = checkNetwork(network, x, t)
    expect(report.entries.every(({ verdict }) => verdict === 'pass')).toBe(true)
    expect(report.findings.map(({ name }) => name)).toEqual(['not-symmetric'])
    expect(checkNetwork(network, x, t, { secondOrder: false }).verdict).toBe('pass')
  })

  it('finds a network that writes into its arguments, and gradients of earlier inputs', () => {
    class WritingIntoArguments extends SmallNet {
      override gradient(given: Tensor, labels: ArrayLike<number>): Record<string, Tensor> {
        const gradients = super.gradient(given, labels)
        given.data[0] = 5
        this.params.W2.data[0] += 1
        return gradients
      }
    }
    const { findings } = checkNetwork(new WritingIntoArguments(3, 5, 3), x.clone(), t)
    expect(findings.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['constant-mutated', 'parameter-mutated']),
    )
    class StoringFirstInput extends SmallNet {
      kept?: Tensor
      override gradient(given: Tensor, labels: ArrayLike<number>): Record<string, Tensor> {
        this.kept ??= given.clone()
        return super.gradient(this.kept, labels)
      }
    }
    const [W1] = checkNetwork(new StoringFirstInput(3, 5, 3), x, t).entries
    expect(W1.cause).toBe('the gradient is that of an earlier forward pass, whose inputs are still stored')
  })

  it('compares with the gradient that numericalGradient returns', () => {
    const network = new SmallNet(3, 5, 3)
    const [{ numerical }] = checkNetwork(network, x, t, { method: 'central' }).entries
    const own = numericalGradient(() => network.loss(x, t), network.params.W1)
    for (let i = 0; i < own.size; i++) {
      expect(Math.abs((numerical?.data[i] ?? 0) - own.data[i])).toBeLessThan(1e-9)
    }
  })

  it('throws for a network without methods or without weights', () => {
    expect(() => checkNetwork({} as never, x, t)).toThrow(/loss\(x, t\) and gradient\(x, t\)/)
    const blind = { loss: () => 1, gradient: () => ({}) }
    expect(() => checkNetwork(blind, x, t)).toThrow(/must expose its weights/)
    expect(() => checkNetwork({ ...blind, params: {} }, tensor([1]), t)).toThrow(TypeError)
  })
})
