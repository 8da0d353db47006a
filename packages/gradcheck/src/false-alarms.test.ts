import { createRng, type Rng, randomNormal, type Tensor } from '@gosa/linalg'
import { describe, expect, it } from 'vitest'
import { checkLayer, checkLoss, checkNetwork, type NumericalMethod, type Report } from './index.ts'
import { CrossEntropy, Dense, MeanSquare, Multiply, relu, SmallNet, tanh } from './layers.testing.ts'

const CONFIGURATIONS = 400

/** Normal numbers of a scale from 10⁻³ to 10³; half of the time some of them lie at a kink or at any distance from it. */
function numbers(shape: readonly number[], rng: Rng): Tensor {
  const x = randomNormal(shape, { rng, std: 10 ** (6 * rng.uniform() - 3) })
  if (rng.integer(2) === 0) return x
  for (let i = 0; i < x.size; i++) {
    const near = (rng.integer(2) === 0 ? 1 : -1) * 10 ** (-14 * rng.uniform())
    if (rng.integer(3) === 0) x.data[i] = rng.integer(3) === 0 ? 0 : near
  }
  return x
}

/** Checks right code of every kind with random shapes. */
function checkSomething(seed: number, method: NumericalMethod): Report {
  const rng = createRng(seed)
  const size = () => 1 + rng.integer(5)
  const [N, D, M] = [size(), size(), size()]
  const options = { seed, method }
  // Of one class the probability is 1, whatever the weights are: such a check is inconclusive.
  const classes = 1 + M
  const labels = Uint8Array.from({ length: N }, () => rng.integer(classes))
  const checks = [
    () => checkLayer(new Dense(D, M, seed), numbers([N, D], rng), { ...options, independent: true }),
    () => checkLayer(relu, numbers([N, D], rng), { ...options, atKink: 'left' }),
    () => checkLayer(tanh, numbers([N, D], rng), options),
    () => checkLayer(new Multiply(), [numbers([N, D], rng), numbers([N, D], rng)], options),
    () => checkLoss(new CrossEntropy(), numbers([N, classes], rng), labels, options),
    () => checkLoss(new MeanSquare(), numbers([N, M], rng), numbers([N, M], rng), options),
    () =>
      checkNetwork(new SmallNet(D, 4, classes, seed), randomNormal([N, D], { rng, std: 2 }), labels, options),
  ]
  return checks[seed % checks.length]()
}

describe('checks of right code', () => {
  for (const method of ['richardson', 'central', 'five-point'] as const) {
    it(`pass by ${method} in ${CONFIGURATIONS} random configurations, at kinks and at scales from 1e-3 to 1e3`, () => {
      const falseAlarms = Array.from({ length: CONFIGURATIONS }, (_, seed) => checkSomething(seed, method))
        .filter(({ verdict }) => verdict !== 'pass')
        .map(String)
      expect(falseAlarms).toEqual([])
    })
  }
})
