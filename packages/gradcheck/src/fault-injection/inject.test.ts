import { createRng, map, mul, type RngState, randomUniform, type Tensor } from '@gosa/linalg'
import { describe, expect, it } from 'vitest'
import { injectLayerFaults, injectLossFaults, injectNetworkFaults } from '../faults.ts'
import { checkLayer, checkLoss, checkNetwork, type Report } from '../index.ts'
import { CrossEntropy, Dense, MeanSquare, Multiply, normal, relu, SmallNet, tanh } from '../layers.testing.ts'

/** Doubles or drops each element at random in training. */
class Masked {
  #rng = createRng(1)
  #mask?: Tensor
  forward(x: Tensor, { train = false } = {}): Tensor {
    const random = train ? randomUniform(x.shape, { rng: this.#rng }) : x
    this.#mask = map(random, (one) => (train ? 2 * Math.round(one) : 1))
    return mul(x, this.#mask)
  }
  backward(dout: Tensor): Tensor {
    if (!this.#mask) throw new Error('Masked: backward called before forward')
    return mul(dout, this.#mask)
  }
  get randomState(): RngState {
    return this.#rng.state
  }
  set randomState(state: RngState) {
    this.#rng = createRng(state)
  }
}

/** The planted faults that a check does not fail. */
const missed = (all: readonly { fault: string; report: Report }[]): string[] =>
  all.filter(({ report }) => report.verdict !== 'fail').map(({ fault }) => fault)

describe('the standard planted faults', () => {
  const t = Uint8Array.of(0, 2, 1, 0)
  const layers = {
    'a dense layer': { make: () => new Dense(3, 4), inputs: normal([4, 3]) },
    'a square dense layer': { make: () => new Dense(4, 4), inputs: normal([4, 4]) },
    'a ReLU': { make: relu, inputs: normal([4, 3]) },
    'a hyperbolic tangent': { make: tanh, inputs: normal([4, 3]) },
    'a product of tensors': { make: () => new Multiply(), inputs: [normal([4, 3]), normal([4, 3], 8)] },
    'a product of numbers': { make: () => new Multiply<number>(), inputs: [100, 2] },
  }

  for (const [name, { make, inputs }] of Object.entries(layers)) {
    it(`are all caught in ${name}, which passes without them`, () => {
      expect(checkLayer(make, inputs).verdict).toBe('pass')
      const planted = injectLayerFaults(make, inputs)
      const reports = planted.map((one) => ({ fault: one.fault, report: checkLayer(one.make, inputs) }))
      expect(planted.length).toBeGreaterThan(20)
      expect(missed(reports)).toEqual([])
    })
  }

  it('are all caught in losses, which pass without them', () => {
    const x = normal([4, 3])
    for (const [make, target] of [
      [() => new CrossEntropy(), t],
      [() => new MeanSquare(), normal([4, 3], 8)],
    ] as const) {
      expect(checkLoss(make, x, target).verdict).toBe('pass')
      const planted = injectLossFaults(make, x, target)
      expect(planted.length).toBeGreaterThan(20)
      expect(
        missed(planted.map((one) => ({ fault: one.fault, report: checkLoss(one.make, x, target) }))),
      ).toEqual([])
    }
  })

  it('are all caught in each weight of a network, which passes without them', () => {
    const x = normal([4, 3])
    const make = () => new SmallNet(3, 5, 3)
    expect(checkNetwork(make(), x, t).verdict).toBe('pass')
    const planted = injectNetworkFaults(make, x, t)
    expect(planted.length).toBeGreaterThan(60)
    expect(
      missed(planted.map((one) => ({ fault: one.fault, report: checkNetwork(one.make(), x, t) }))),
    ).toEqual([])
  })

  it('of images and filters are all caught, in a layer that weights each pixel', () => {
    const [weights, x] = [normal([2, 2, 3, 4], 3), normal([2, 2, 3, 4])]
    const make = () => ({
      forward: (x: Tensor) => mul(x, weights),
      backward: (dout: Tensor) => mul(dout, weights),
    })
    const planted = injectLayerFaults(make, x)
    const names = planted.map(({ fault }) => fault)
    for (const fault of [
      'height and width exchanged',
      'turned by 180°',
      'last column of pixels not computed',
    ]) {
      expect(names).toContain(`x: ${fault}`)
    }
    expect(missed(planted.map((one) => ({ fault: one.fault, report: checkLayer(one.make, x) })))).toEqual([])
  })

  it('of random layers are planted into training, with the masks of the check, and all caught', () => {
    const options = { train: true }
    const x = normal([4, 5])
    expect(checkLayer(() => new Masked(), x, options).verdict).toBe('pass')
    const planted = injectLayerFaults(() => new Masked(), x, options)
    const names = planted.map(({ fault }) => fault)
    expect(names).toContain('mask of another pass')
    expect(names).toContain('gradient of the prediction')
    const reports = planted.map((one) => ({ fault: one.fault, report: checkLayer(one.make, x, options) }))
    expect(missed(reports)).toEqual([])
    // Caught for what they are, not since each pass has another mask.
    const wrongSign = reports.find(({ fault }) => fault === 'x: wrong sign')?.report
    expect(wrongSign?.findings).toEqual([])
    // A prediction has no mask.
    expect(injectLayerFaults(() => new Masked(), x).map(({ fault }) => fault)).not.toContain(
      'mask of another pass',
    )
  })

  it('are returned only if they are visible', () => {
    const planted = injectLayerFaults(() => new Dense(3, 4), normal([4, 3])).map(({ fault }) => fault)
    expect(planted).toContain('x: off by one row')
    expect(planted).toContain('W: wrong sign of one entry')
    expect(planted).toContain('gradients accumulated')
    // W is not square.
    expect(planted).not.toContain('W: transposed')
    expect(injectLayerFaults(() => new Dense(4, 4), normal([4, 4])).map(({ fault }) => fault)).toContain(
      'W: transposed',
    )
  })
})
