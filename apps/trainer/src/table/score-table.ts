/** How good the model of a table is on samples, and what a report shows of it. */
import { decodeTargets } from '@gosa/datasets'
import { argmax, Tensor } from '@gosa/linalg'
import { softmax } from '@gosa/losses'
import { confusionMatrix, evaluate, type Samples } from '@gosa/training'
import type { TableModel } from './table-model.ts'

/** Scores of a classification. */
export interface ClassTableScores {
  readonly kind: 'class'
  readonly count: number
  readonly accuracy: number
  readonly loss: number
  /** Mean area under the ROC curve, one class against the others; NaN where a class is not there. */
  readonly rocAuc: number
  /** `[label][predicted]` */
  readonly confusion: number[][]
  readonly labels: Int32Array
  /** (N, classes) */
  readonly probabilities: Tensor
}

/** Scores of a regression, in the unit of the target. */
export interface NumberTableScores {
  readonly kind: 'number'
  readonly count: number
  readonly r2: number
  /** Root of the mean squared error. */
  readonly rmse: number
  readonly meanAbsoluteError: number
  readonly actual: Float64Array
  readonly predicted: Float64Array
}

export type TableScores = ClassTableScores | NumberTableScores

/** Measures a model on samples with targets. */
export function scoreTable({ network, preprocessing }: TableModel, { x, t }: Samples): TableScores {
  const count = x.shape[0]
  const outputs = network.predict(x)
  if (!(t instanceof Tensor)) {
    const labels = Int32Array.from(t)
    const scores = evaluate(network as never, { x, t }, { metrics: ['accuracy', 'logLoss'] })
    const probabilities = softmax(outputs)
    return {
      ...{ kind: 'class', count, labels, probabilities },
      accuracy: scores.accuracy,
      loss: scores.logLoss,
      rocAuc: areaUnderRoc(labels, probabilities),
      confusion: confusionMatrix(labels, argmax(outputs, { axis: 1 }), outputs.shape[1]),
    }
  }
  const actual = decodeTargets(preprocessing, t) as Float64Array
  const predicted = decodeTargets(preprocessing, outputs) as Float64Array
  const { r2, meanSquaredError, meanAbsoluteError } = evaluate(
    { predict: () => new Tensor(predicted, [count, 1]) },
    { x, t: new Tensor(actual, [count, 1]) },
    { metrics: ['r2', 'meanSquaredError', 'meanAbsoluteError'] },
  )
  return {
    kind: 'number',
    count,
    r2,
    rmse: Math.sqrt(meanSquaredError),
    meanAbsoluteError,
    actual,
    predicted,
  }
}

/** A curve of false positive and true positive rates, from (0, 0) to (1, 1), for one class against the others. */
export function rocCurve(
  labels: ArrayLike<number>,
  probabilities: Tensor,
  label: number,
): [number, number][] {
  const classes = probabilities.shape[1]
  const scores = Array.from({ length: labels.length }, (_, n) => probabilities.data[n * classes + label])
  const order = scores.map((_, n) => n).sort((a, b) => scores[b] - scores[a])
  const positives = order.filter((n) => labels[n] === label).length
  const negatives = order.length - positives
  const curve: [number, number][] = [[0, 0]]
  let [truePositives, falsePositives] = [0, 0]
  order.forEach((n, i) => {
    if (labels[n] === label) truePositives++
    else falsePositives++
    // Equal scores are one step.
    if (i + 1 < order.length && scores[order[i + 1]] === scores[n]) return
    curve.push([falsePositives / negatives, truePositives / positives])
  })
  return curve
}

/** The area under a ROC curve, by trapezoids; NaN if there are samples of one kind alone. */
export function areaUnder(curve: readonly (readonly [number, number])[]): number {
  let area = 0
  for (let i = 1; i < curve.length; i++) {
    area += ((curve[i][0] - curve[i - 1][0]) * (curve[i][1] + curve[i - 1][1])) / 2
  }
  return area
}

function areaUnderRoc(labels: Int32Array, probabilities: Tensor): number {
  const classes = probabilities.shape[1]
  const areas = Array.from({ length: classes }, (_, label) =>
    areaUnder(rocCurve(labels, probabilities, label)),
  )
  return areas.reduce((sum, area) => sum + area, 0) / classes
}
