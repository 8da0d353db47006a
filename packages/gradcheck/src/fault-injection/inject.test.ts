import { describe, expect, it } from 'vitest'
import { injectLayerFaults, injectLossFaults, injectNetworkFaults } from '../faults.ts'
import { checkLayer, checkLoss, checkNetwork, type Report } from '../index.ts'
import { CrossEntropy, Dense, MeanSquare, Multiply, normal, relu, SmallNet, tanh } from '../layers.testing.ts'

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
