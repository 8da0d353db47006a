import { mul, type Tensor, tensor, zeros } from '@gosa/linalg'
import { describe, expect, it } from 'vitest'
import { checkGradient } from './check-gradient.ts'
import { checkJacobian } from './check-jacobian.ts'
import { checkLayer } from './check-layer.ts'
import { checkLoss } from './check-loss.ts'
import { checkNetwork } from './check-network.ts'
import { CrossEntropy, Dense, normal, SmallNet } from './layers.testing.ts'

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length
const softmax = (x: readonly number[]): number[] => {
  const powers = x.map(Math.exp)
  return powers.map((power) => power / mean(powers) / powers.length)
}

describe('a report says', () => {
  const indices = [0, 2, 2, 4]
  const table = [
    [1, 2],
    [3, -4],
    [0.5, 6],
    [7, 8],
    [-1, 2],
  ]
  const embed = (rows: number[][]): number[][] => indices.map((i) => rows[i])

  it('which rows of an embedding are wrong', () => {
    const lastOnly = (rows: number[][], dout: number[][]): number[][] => {
      const gradient = rows.map((row) => row.map(() => 0))
      for (const [n, i] of indices.entries()) gradient[i] = dout[n]
      return gradient
    }
    const { entries } = checkJacobian(embed, { vjp: lastOnly }, table)
    expect(entries[0].cause).toMatch(/^the gradient is right except for row 2 of 5/)
  })

  it('that a term of a mean is left out, which is the same along an axis', () => {
    const centred = (x: number[][]): number[][] =>
      x.map((row) => row.map((value, k) => value - mean(x.map((one) => one[k]))))
    const scaled = (x: number[][]): number[][] =>
      centred(x).map((row) => row.map((value, k) => (k + 2) * value))
    const vjp = (_: number[][], dout: number[][]): number[][] =>
      dout.map((row) => row.map((value, k) => (k + 2) * value))
    const { entries } = checkJacobian(scaled, { vjp }, [
      [1, 2],
      [3, -4],
      [0.5, 6],
      [7, 8],
    ])
    expect(entries[0].cause).toBe(
      'the gradient is off by the same amount along axis 0: is the term left out that comes from a mean or a sum along it?',
    )
  })

  it('that cross terms are missing, as of softmax by its diagonal', () => {
    const vjp = (x: number[], dout: number[]): number[] => softmax(x).map((y, k) => dout[k] * y * (1 - y))
    const { entries } = checkJacobian(softmax, { vjp }, [0.1, 1.2, -0.5, 0.7])
    expect(entries[0].cause).toMatch(/cross terms of the Jacobian are missing$/)
  })

  it('none of these of gradients that are wrong for another reason', () => {
    const f = (x: number[][]): number =>
      x.flat().reduce((sum, value, i) => sum + Math.sin((i + 1) * value), 0)
    const gradient = (x: number[][]): number[][] =>
      x.map((row, i) => row.map((value, k) => Math.cos((2 * i + k + 1) * value) * (k + 2 * i + 1.5)))
    const { entries } = checkGradient(f, gradient, [
      [1, 2],
      [3, -4],
      [0.5, 6],
      [7, 8],
    ])
    expect(entries[0]).toMatchObject({ verdict: 'fail' })
    expect(entries[0].cause).toBeUndefined()
  })

  it('that B1 came back where b1 was expected', () => {
    class Shouting extends SmallNet {
      override gradient(x: Tensor, t: Uint8Array) {
        const { b1, ...others } = super.gradient(x, t) as Record<string, Tensor>
        return { ...others, B1: b1 } as never
      }
    }
    const { findings } = checkNetwork(new Shouting(3, 5, 3), normal([4, 3]), Uint8Array.of(0, 2, 1, 0))
    expect(findings.map(({ message }) => message)).toEqual([
      expect.stringMatching(
        /^there is no gradient of b1: what came back is an object with .*B1: is B1 meant\?$/,
      ),
    ])
  })

  it('that accumulates: true would help', () => {
    const scale = tensor([2, 3])
    const grad = zeros([2])
    let kept = zeros([2])
    const layer = {
      forward: (x: Tensor) => {
        kept = x.clone()
        return mul(x, scale)
      },
      backward(dout: Tensor) {
        for (let i = 0; i < dout.size; i++) grad.data[i % 2] += dout.data[i] * kept.data[i]
        return mul(dout, scale)
      },
      parameters: () => [{ name: 'scale', value: scale, grad }],
    }
    const { findings } = checkLayer(layer, normal([3, 2]))
    expect(findings.map(({ message }) => message).join()).toContain(
      'if it is meant to add, pass accumulates: true',
    )
    expect(checkLayer(layer, normal([3, 2]), { accumulates: true }).verdict).toBe('pass')
  })
})

describe('an error says', () => {
  it('that an instance is needed, not a class', () => {
    class Relu {}
    expect(() => checkLayer(Relu as never, normal([2, 3]))).toThrow(
      new TypeError(
        'checkLayer: expected a layer, not the class Relu: pass new Relu(…), or () => new Relu(…)',
      ),
    )
    expect(() => checkLoss(CrossEntropy as never, normal([2, 3]), Uint8Array.of(0, 1))).toThrow(
      /not the class CrossEntropy/,
    )
    expect(() => checkNetwork(SmallNet as never, normal([2, 3]), Uint8Array.of(0, 1))).toThrow(
      /not the class SmallNet/,
    )
  })

  it('that forward takes two arguments', () => {
    const product = { forward: (x: Tensor, y: Tensor) => mul(x, y), backward: (dout: Tensor) => [dout, dout] }
    expect(() => checkLayer(product, normal([2, 3]))).toThrow(
      /\(checkLayer: forward takes 2 arguments, and 1 input was given: pass all in a list, \[x, y\]/,
    )
    expect(() => checkLayer(new CrossEntropy() as never, normal([2, 3]))).toThrow(/checkLoss\(loss, x, t\)/)
    expect(checkLayer(new Dense(3, 4), normal([2, 3])).verdict).toBe('pass')
  })

  it('that a tensor comes from another copy of the package', () => {
    const foreign = { data: Float64Array.of(1, 2), shape: [2] }
    expect(() => checkLayer(new Dense(3, 4), foreign as never)).toThrow(/of another copy of @gosa\/linalg/)
  })
})
