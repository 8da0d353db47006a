/** The class weights of `fit`: their numbers, and a model whose loss uses them in steps alone. */
import { Tensor } from '@gosa/linalg'
import type { Samples, Targets, Trainable } from '../loop/classifier.ts'

/** A model whose loss has class weights, as `SoftmaxWithLoss` and `BinaryCrossEntropyWithLogits` have. */
export interface Weighable {
  readonly lastLayer?: { weights?: readonly number[] | undefined }
  predict?(x: Tensor): Tensor
}

/**
 * Returns the model as it is trained with class weights: its loss has them during a step, and its own otherwise, so that
 * evaluations are not weighted. Throws a `TypeError` if the loss has no weights or the targets are no class indices.
 */
export function withClassWeights<T extends Targets>(
  model: Trainable<T> & Weighable,
  classWeights: readonly number[] | 'balanced' | undefined,
  samples: Samples<T>,
): Trainable<T> {
  if (classWeights === undefined) return model
  const { lastLayer } = model
  if (!lastLayer || !('weights' in lastLayer)) {
    throw new TypeError(
      'fit: classWeights need a loss with weights, such as SoftmaxWithLoss or BinaryCrossEntropyWithLogits',
    )
  }
  const weights = classWeights === 'balanced' ? balancedWeights(model, samples) : classWeights
  const weighted = <Result>(compute: () => Result): Result => {
    const own = lastLayer.weights
    lastLayer.weights = weights
    try {
      return compute()
    } finally {
      lastLayer.weights = own
    }
  }
  const { lossAndGradient, loss } = model
  return {
    parameters: () => model.parameters(),
    buffers: () => model.buffers?.() ?? [],
    get randomState() {
      return model.randomState
    },
    gradient: (x, t) => weighted(() => model.gradient?.(x, t)),
    ...(loss && { loss: (x: Tensor, t: T) => weighted(() => loss.call(model, x, t)) }),
    ...(lossAndGradient && {
      lossAndGradient: (x: Tensor, t: T) => weighted(() => lossAndGradient.call(model, x, t)),
    }),
  }
}

/** `N/(C·n_c)` for the n_c samples of each class c, as scikit-learn's `class_weight="balanced"`; 0 for a class without any. */
function balancedWeights(model: Weighable, { x, t }: Samples): number[] {
  if (t instanceof Tensor) throw new TypeError('fit: balanced class weights need class indices as targets')
  const outputs = model.predict?.(x.rows(0, 1)).shape.at(-1) ?? 0
  const counts = new Array<number>(Math.max(2, outputs)).fill(0)
  for (const label of t) counts[label]++
  return counts.map((count) => (count === 0 ? 0 : t.length / (counts.length * count)))
}
