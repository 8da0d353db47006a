import { readFileSync } from 'node:fs'
import { tensor } from '@gosa/linalg'
import { describe, expect, it } from 'vitest'
import { accuracy, classScores, confusionMatrix, f1, precision, recall } from './classification.ts'
import { logLoss, rocAuc, topKAccuracy } from './ranking.ts'
import { meanAbsoluteError, meanSquaredError, r2 } from './regression.ts'

/** Made by tools/sklearn-metrics.py, which says how. */
const fixture = JSON.parse(readFileSync(new URL('./sklearn.fixture.json', import.meta.url), 'utf8'))

const near = (got: number, expected: number) => expect(Math.abs(got - expected)).toBeLessThan(1e-12)

describe('scikit-learn gives the same values of', () => {
  it.each<(typeof fixture)['classes'][number]>(fixture.classes)('classes: $name', (given) => {
    const { t, predicted, perClass, macro } = given
    near(accuracy(t, predicted), given.accuracy)
    expect(confusionMatrix(t, predicted, given.confusion.length)).toEqual(given.confusion)
    const { classes: _, ...scores } = classScores(t, predicted)
    for (const [name, values] of Object.entries<number[]>(perClass)) {
      for (const [i, value] of values.entries()) near(scores[name as keyof typeof scores][i], value)
    }
    near(precision(t, predicted), macro.precision)
    near(recall(t, predicted), macro.recall)
    near(f1(t, predicted), macro.f1)
  })

  it.each<(typeof fixture)['scores'][number]>(fixture.scores)(
    'scores of classes: $name',
    ({ t, scores, ...given }) => {
      const rows = tensor(scores)
      for (const [i, value] of given.topK.entries()) near(topKAccuracy(t, rows, { k: i + 1 }), value)
      near(rocAuc(t, rows), given.rocAuc)
      near(logLoss(t, rows), given.logLoss)
    },
  )

  it.each<(typeof fixture)['binary'][number]>(fixture.binary)(
    'scores of two classes: $name',
    ({ t, scores, ...given }) => {
      near(rocAuc(t, scores), given.rocAuc)
      near(rocAuc(t, tensor(scores).reshape([-1, 1])), given.rocAuc)
      near(logLoss(t, scores), given.logLoss)
      const pairs = tensor(scores.map((p: number) => [1 - p, p]))
      near(rocAuc(t, pairs), given.rocAuc)
      near(logLoss(t, pairs), given.logLoss)
    },
  )

  it.each<(typeof fixture)['regression'][number]>(fixture.regression)('numbers: $name', (given) => {
    const [t, predicted] = [tensor(given.t), tensor(given.predicted)]
    near(meanSquaredError(t, predicted), given.meanSquaredError)
    near(meanAbsoluteError(t, predicted), given.meanAbsoluteError)
    near(r2(t, predicted), given.r2)
    if (t.rank === 1) near(r2(given.t, given.predicted), given.r2)
  })
})

describe('Metrics say what fits', () => {
  it('when lengths differ, there are no samples, or a class does not exist', () => {
    expect(() => accuracy([1, 2], [1])).toThrow('accuracy: 2 targets and 1 predictions')
    expect(() => r2([], [])).toThrow('at least one')
    expect(() => rocAuc([1, 1], [0.2, 0.3])).toThrow('class 1 has 2 of 2 samples')
    expect(() =>
      topKAccuracy(
        [0, 3],
        tensor([
          [1, 2],
          [2, 1],
        ]),
      ),
    ).toThrow('target 3 of sample 1 is not one of the 2')
    expect(() => topKAccuracy([0], tensor([[1, 2]]), { k: 0 })).toThrow('k must be at least 1')
    expect(() => logLoss([0, 1], tensor([[1, 2, 3]]))).toThrow('2 targets need scores (2, C), not (1, 3)')
  })

  it('and take NaN for no prediction', () => {
    expect(topKAccuracy([0], tensor([[1, Number.NaN]]))).toBe(0)
    expect(rocAuc([0, 1], [Number.NaN, 1])).toBeNaN()
    expect(accuracy([0, 1], [-1, 1])).toBe(0.5)
    expect(classScores([0, 1], [-1, 1]).recall).toEqual([0, 1])
  })
})
