/** Metrics by name, of the outputs of a network: logits of classes, one logit for yes or no, or numbers. */
import { argmax, sigmoid, Tensor } from '@gosa/linalg'
import { didYouMean, showValue } from '@gosa/linalg/options'
import { NO_CLASS, softmax } from '@gosa/losses'
import type { Targets } from '../loop/classifier.ts'
import { accuracy, f1, precision, recall } from './classification.ts'
import { predictedClasses } from './evaluate-classifier.ts'
import { logLoss, rocAuc, topKAccuracy } from './ranking.ts'
import { meanAbsoluteError, meanSquaredError, r2 } from './regression.ts'

/** A number that judges the outputs (N, …) of a model for samples with targets t. */
export type MetricFunction = (outputs: Tensor, t: Targets) => number

/**
 * The names of metrics. Outputs are what `predict` gives: logits (N, C), one logit (N, 1) for classes 0 and 1, or numbers.
 * Precision, recall and F1 are means over the classes; `topKAccuracy` has k = 2. t may hold one-hot rows.
 */
export const METRICS = [
  'accuracy',
  'topKAccuracy',
  'precision',
  'recall',
  'f1',
  'rocAuc',
  'logLoss',
  'meanSquaredError',
  'meanAbsoluteError',
  'r2',
] as const

export type MetricName = (typeof METRICS)[number]

/** Metrics to compute: names, functions (which are called by their names), or both by a name of your own. */
export type Metrics =
  | readonly (MetricName | MetricFunction)[]
  | Readonly<Record<string, MetricName | MetricFunction>>

const FUNCTIONS: Readonly<Record<MetricName, MetricFunction>> = {
  accuracy: (outputs, t) => accuracy(classesOf(t), predictedClassesOf(outputs)),
  precision: (outputs, t) => precision(classesOf(t), predictedClassesOf(outputs)),
  recall: (outputs, t) => recall(classesOf(t), predictedClassesOf(outputs)),
  f1: (outputs, t) => f1(classesOf(t), predictedClassesOf(outputs)),
  topKAccuracy: (outputs, t) => topKAccuracy(classesOf(t), outputs),
  rocAuc: (outputs, t) => rocAuc(classesOf(t), probabilitiesOf(outputs)),
  logLoss: (outputs, t) => logLoss(classesOf(t), probabilitiesOf(outputs)),
  meanSquaredError: (outputs, t) => meanSquaredError(numbersOf(t), outputs),
  meanAbsoluteError: (outputs, t) => meanAbsoluteError(numbersOf(t), outputs),
  r2: (outputs, t) => r2(numbersOf(t), outputs),
}

/** Returns the functions of metrics by their names. Throws a `TypeError` that begins with `caller` for anything else. */
export function namedMetrics(caller: string, metrics: Metrics = []): [name: string, MetricFunction][] {
  const entries: [string, MetricName | MetricFunction][] = Array.isArray(metrics)
    ? metrics.map((one, i) => [typeof one === 'function' ? one.name || `metric${i}` : String(one), one])
    : Object.entries(metrics)
  return entries.map(([name, one]) => {
    const metric = typeof one === 'function' ? one : Object.hasOwn(FUNCTIONS, one) && FUNCTIONS[one]
    if (metric) return [name, metric]
    throw new TypeError(
      `${caller}: there is no metric ${showValue(one)}${didYouMean(String(one), METRICS) || `; metrics are ${METRICS.join(', ')}, or functions`}`,
    )
  })
}

/** Whether there is one output for each sample: a logit for yes or no. */
const isSingle = (outputs: Tensor): boolean => outputs.size === outputs.shape[0]

/** Class indices of targets: those themselves, or the columns of the largest of one-hot rows. */
function classesOf(t: Targets): ArrayLike<number> {
  if (!(t instanceof Tensor)) return t
  return t.size === t.shape[0] ? t.data : argmax(t, { axis: 1 })
}

function predictedClassesOf(outputs: Tensor): Int32Array {
  if (!isSingle(outputs)) return predictedClasses(outputs)
  return Int32Array.from(outputs.data, (x) => (Number.isNaN(x) ? NO_CLASS : x > 0 ? 1 : 0))
}

const probabilitiesOf = (outputs: Tensor): Tensor => (isSingle(outputs) ? sigmoid(outputs) : softmax(outputs))

const numbersOf = (t: Targets): Tensor | ArrayLike<number> => t
