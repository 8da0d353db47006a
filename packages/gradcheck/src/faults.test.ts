import { describe, expect, it } from 'vitest'
import { plantInLayer, plantInLoss, plantInNetwork } from './faults.ts'
import { checkLayer, checkLoss, checkNetwork, type Report } from './index.ts'
import { bend, ClassLoss, Dense, normal, rectifier, SmallNet, SquareLoss, Times } from './layers.testing.ts'

/** The faults that a check does not call one. */
const missed = (all: readonly { fault: string; report: Report }[]): string[] =>
  all.filter(({ report }) => report.verdict !== 'fail').map(({ fault }) => fault)

describe('the standard faults', () => {
  const t = Uint8Array.of(0, 2, 1, 0)
  const layers = {
    'a dense layer': { make: () => new Dense(3, 4), inputs: normal([4, 3]) },
    'a square dense layer': { make: () => new Dense(4, 4), inputs: normal([4, 4]) },
    'a rectifier': { make: rectifier, inputs: normal([4, 3]) },
    'a hyperbolic tangent': { make: bend, inputs: normal([4, 3]) },
    'a product of tensors': { make: () => new Times(), inputs: [normal([4, 3]), normal([4, 3], 8)] },
    'a product of numbers': { make: () => new Times<number>(), inputs: [100, 2] },
  }

  for (const [name, { make, inputs }] of Object.entries(layers)) {
    it(`are all caught in ${name}, and only those`, () => {
      expect(checkLayer(make, inputs).verdict).toBe('pass')
      const planted = plantInLayer(make, inputs)
      const reports = planted.map((one) => ({ fault: one.fault, report: checkLayer(one.make, inputs) }))
      expect(planted.length).toBeGreaterThan(20)
      expect(missed(reports)).toEqual([])
    })
  }

  it('are all caught in losses', () => {
    const x = normal([4, 3])
    for (const [make, target] of [
      [() => new ClassLoss(), t],
      [() => new SquareLoss(), normal([4, 3], 8)],
    ] as const) {
      expect(checkLoss(make, x, target).verdict).toBe('pass')
      const planted = plantInLoss(make, x, target)
      expect(planted.length).toBeGreaterThan(20)
      expect(
        missed(planted.map((one) => ({ fault: one.fault, report: checkLoss(one.make, x, target) }))),
      ).toEqual([])
    }
  })

  it('are all caught in a network, in each weight', () => {
    const x = normal([4, 3])
    const make = () => new SmallNet(3, 5, 3)
    expect(checkNetwork(make(), x, t).verdict).toBe('pass')
    const planted = plantInNetwork(make, x, t)
    expect(planted.length).toBeGreaterThan(60)
    expect(
      missed(planted.map((one) => ({ fault: one.fault, report: checkNetwork(one.make(), x, t) }))),
    ).toEqual([])
  })

  it('are planted only where they show', () => {
    const planted = plantInLayer(() => new Dense(3, 4), normal([4, 3])).map(({ fault }) => fault)
    expect(planted).toContain('x: off by one row')
    expect(planted).toContain('W: wrong sign of one entry')
    expect(planted).toContain('gradients added up')
    // W is no square.
    expect(planted).not.toContain('W: transposed')
    expect(plantInLayer(() => new Dense(4, 4), normal([4, 4])).map(({ fault }) => fault)).toContain(
      'W: transposed',
    )
  })
})
