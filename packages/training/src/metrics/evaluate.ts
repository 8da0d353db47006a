import { Tensor } from '@gosa/linalg'
import { checkOptions } from '@gosa/linalg/options'
import type { Samples, Targets } from '../loop/classifier.ts'
import { checkEvaluated } from './check-evaluated.ts'
import { type Metrics, namedMetrics } from './named-metrics.ts'

/** A model that can be judged; every `Network` satisfies it. With `lastLayer` or `loss`, it has a loss as well. */
export interface Predictor<T = Targets> {
  predict(x: Tensor): Tensor
  readonly lastLayer?: { forward(outputs: Tensor, t: T): number }
  loss?(x: Tensor, t: T): number
}

/** The loss of a model, if it has one, and the metrics that were asked for, by name. */
export type Scores = Readonly<Record<string, number>>

/**
 * Returns the loss of a model on samples, as `loss`, and the metrics that are asked for, by name:
 *
 *     evaluate(network, test, { metrics: ['accuracy', 'f1'] }) // { loss: 0.21, accuracy: 0.94, f1: 0.93 }
 *
 * See `METRICS` for the names. Throws a `TypeError` for an unknown one, and what loss and metrics throw for samples that do
 * not fit.
 */
export function evaluate<T extends Targets>(
  model: Predictor<T>,
  samples: Samples<T>,
  options?: { metrics?: Metrics },
): Scores {
  const { metrics } = checkOptions('evaluate', options, ['metrics'])
  const functions = namedMetrics('evaluate', metrics)
  const { x, t } = checkEvaluated('evaluate', model, samples)
  const outputs = model.predict(x)
  const targets = (t instanceof Tensor && t.dtype !== outputs.dtype ? t.astype(outputs.dtype) : t) as T
  const loss = model.lastLayer ? model.lastLayer.forward(outputs, targets) : model.loss?.(x, t)
  return {
    ...(loss !== undefined && { loss }),
    ...Object.fromEntries(functions.map(([name, metric]) => [name, metric(outputs, targets)])),
  }
}
