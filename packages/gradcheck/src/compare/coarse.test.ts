import { createRng, map, randomUniform, type Tensor, tensor } from '@gosa/linalg'
import { describe, expect, it } from 'vitest'
import { checkLayer, checkLoss, type Report } from '../index.ts'
import { Elementwise, normal } from '../layers.testing.ts'

/** Functions that compute with fewer digits than the float64 of their inputs, and those in which large numbers cancel. */

const round32 = Math.fround
const METHODS = ['richardson', 'central', 'five-point'] as const

/** Reports that are not the expected verdict, for every method. */
const unexpected = (verdict: string, check: (method: (typeof METHODS)[number]) => Report): string[] =>
  METHODS.map(check)
    .filter((report) => report.verdict !== verdict)
    .map(String)

/** Functions that round everything to float32, and their derivatives. */
const inFloat32: Record<string, [(x: number) => number, (x: number) => number]> = {
  tanh: [(x) => round32(Math.tanh(round32(x))), (x) => round32(1 - round32(Math.tanh(round32(x))) ** 2)],
  square: [(x) => round32(round32(x) * round32(x)), (x) => round32(2 * round32(x))],
  exp: [(x) => round32(Math.exp(round32(x))), (x) => round32(Math.exp(round32(x)))],
  'softplus, in float64 at the end': [
    (x) => Math.PI * round32(Math.log1p(round32(Math.exp(round32(x))))),
    (x) => Math.PI * round32(1 / (1 + Math.exp(-round32(x)))),
  ],
  relu: [(x) => round32(Math.max(0, x)), (x) => (x > 0 ? 1 : 0)],
}

describe('checkLayer of functions that compute in float32', () => {
  const inputs = [normal([3, 4]), normal([2, 3], 11, 3), randomUniform([4, 4], { rng: createRng(2) })]

  for (const [name, [f, derivative]] of Object.entries(inFloat32)) {
    it(`passes ${name} with its derivative, and fails it with another`, () => {
      for (const x of inputs) {
        expect(
          unexpected('pass', (method) => checkLayer(new Elementwise(f, derivative), x, { method })),
        ).toEqual([])
        const wrong = (x: number): number => 1.05 * derivative(x)
        expect(unexpected('fail', (method) => checkLayer(new Elementwise(f, wrong), x, { method }))).toEqual(
          [],
        )
      }
    })
  }

  it('passes a matrix product in float32, and says which accuracy that gives', () => {
    const layer = new Float32Dense(5, 3)
    const report = checkLayer(layer, normal([4, 5]))
    expect(String(report)).toContain(': pass')
    expect(report.notes.join()).toMatch(/computes with about 7 digits inside/)
    layer.factor = 1.02
    expect(checkLayer(layer, normal([4, 5])).verdict).toBe('fail')
  })

  it('does not throw if a float32 layer without parameters() takes no float64 inputs', () => {
    const layer = {
      forward(x: Tensor) {
        if (x.dtype !== 'float32') throw new TypeError('float32 only')
        return map(x, Math.sin)
      },
      backward: (dout: Tensor) => map(dout, (d) => d),
    }
    const report = checkLayer(layer, normal([2, 3]).astype('float32'))
    expect([report.verdict, report.dtype]).toEqual(['fail', 'float32'])
  })
})

/** A dense layer whose products and sums are rounded to float32, as those of TensorFlow.js and WebGPU are. */
class Float32Dense {
  readonly #W: Tensor
  factor = 1
  constructor(inputs: number, outputs: number) {
    this.#W = normal([inputs, outputs], 3)
  }
  forward(x: Tensor): Tensor {
    return this.#product(x, this.#W)
  }
  backward(dout: Tensor): Tensor {
    const product = this.#product(dout, transposed(this.#W))
    return map(product, (one) => this.factor * one)
  }
  #product(a: Tensor, b: Tensor): Tensor {
    const [rows, columns] = [a.toArray() as number[][], transposed(b).toArray() as number[][]]
    const dot = (u: number[], v: number[]): number =>
      u.reduce((sum, one, i) => round32(sum + round32(round32(one) * round32(v[i]))), 0)
    return tensor(rows.map((row) => columns.map((column) => dot(row, column))))
  }
}

const transposed = (x: Tensor): Tensor => {
  const rows = x.toArray() as number[][]
  return tensor(rows[0].map((_, j) => rows.map((row) => row[j])))
}

describe('checkLayer where large numbers cancel', () => {
  /** Applies a function to each row, with its vector-Jacobian product. */
  const rowwise = (f: (x: number[]) => number[], vjp: (x: number[], dout: number[]) => number[]) => {
    let kept: number[][] = []
    return {
      forward(x: Tensor) {
        kept = x.toArray() as number[][]
        return tensor(kept.map(f))
      },
      backward: (dout: Tensor) => tensor((dout.toArray() as number[][]).map((row, n) => vjp(kept[n], row))),
    }
  }
  const mean = (x: number[]): number => x.reduce((a, b) => a + b, 0) / x.length

  it('passes a softmax of large logits', () => {
    const softmax = (x: number[]): number[] => {
      const e = x.map((one) => Math.exp(one - Math.max(...x)))
      const total = e.reduce((a, b) => a + b, 0)
      return e.map((one) => one / total)
    }
    const layer = rowwise(softmax, (x, dout) => {
      const y = softmax(x)
      const inner = y.reduce((sum, one, i) => sum + one * dout[i], 0)
      return y.map((one, i) => one * (dout[i] - inner))
    })
    for (const std of [1, 10, 30, 100]) {
      expect(unexpected('pass', (method) => checkLayer(layer, normal([4, 6], 5, std), { method }))).toEqual(
        [],
      )
    }
  })

  it('passes probabilities that are added up, of which only rounding is left', () => {
    const softmax = (x: number[]): number[] => {
      const e = x.map((one) => Math.exp(one - Math.max(...x)))
      const total = e.reduce((a, b) => a + b, 0)
      return e.map((one) => one / total)
    }
    const layer = rowwise(
      (x) => [softmax(x).reduce((a, b) => a + b), x[0] ** 2],
      (x, [d, e]) => {
        const y = softmax(x)
        const inner = y.reduce((sum, one) => sum + one * d, 0)
        return y.map((one, i) => one * (d - inner) + (i === 0 ? 2 * x[0] * e : 0))
      },
    )
    for (const std of [1, 10, 50]) {
      expect(unexpected('pass', (method) => checkLayer(layer, normal([3, 4], 1, std), { method }))).toEqual(
        [],
      )
    }
  })

  it('passes a normalization of numbers far from 0', () => {
    const normalize = (x: number[]) => {
      const m = mean(x)
      const deviation = Math.sqrt(mean(x.map((one) => (one - m) ** 2)))
      return { y: x.map((one) => (one - m) / deviation), deviation }
    }
    const layer = rowwise(
      (x) => normalize(x).y,
      (x, dout) => {
        const { y, deviation } = normalize(x)
        const [m, projection] = [mean(dout), mean(dout.map((d, i) => d * y[i]))]
        return dout.map((d, i) => (d - m - y[i] * projection) / deviation)
      },
    )
    for (const shift of [0, 10, 1000, 1e5]) {
      const x = map(normal([3, 6], 4, 1), (one) => one + shift)
      expect(unexpected('pass', (method) => checkLayer(layer, x, { method }))).toEqual([])
    }
  })

  it('passes the sum of normalized numbers, whose gradient is 0', () => {
    const loss = {
      y: 0,
      x: tensor([0]),
      forward(x: Tensor) {
        this.x = x
        const rows = x.toArray() as number[][]
        return rows
          .flatMap((row) => row.map((one) => one / Math.hypot(...row) - mean(row) / Math.hypot(...row)))
          .reduce((a, b) => a + b, 0)
      },
      backward: (_ = 1) => map(loss.x, () => 0),
    }
    expect(String(checkLoss(loss, normal([3, 5], 4, 20), null))).toContain(': pass')
  })
})
