import { Affine } from '@gosa/layers'
import { showShape, Tensor } from '@gosa/linalg'
import type { Activation } from './activations.ts'
import type { Classifier } from './classifier.ts'
import { assembled } from './create-model.ts'
import type { Weights } from './weights.ts'

/**
 * A network with the weights W1, b1, W2, b2, … Throws a `RangeError` or `TypeError` where one is
 * missing, others are there, or they do not fit one another.
 */
export function fromWeights(weights: Weights, activation: Activation): Classifier {
  const names = Object.keys(weights)
  const depth = Math.max(1, Math.ceil(names.length / 2))
  const wanted = Array.from({ length: depth }, (_, i) => [`W${i + 1}`, `b${i + 1}`]).flat()
  if (names.length !== wanted.length || !wanted.every((name) => weights[name] instanceof Tensor)) {
    throw new RangeError(`it holds ${names.join(', ') || 'no tensors'}; ${wanted.join(', ')} are needed`)
  }
  const affine = Array.from(
    { length: depth },
    (_, i) => new Affine(weights[`W${i + 1}`], weights[`b${i + 1}`]),
  )
  for (const [i, { W }] of affine.entries()) {
    const before = affine[i - 1]?.W
    if (before && (before.shape[1] !== W.shape[0] || before.dtype !== W.dtype)) {
      throw new RangeError(
        `W${i} is ${showShape(before.shape)} ${before.dtype}, which does not fit W${i + 1}, ${showShape(W.shape)} ${W.dtype}`,
      )
    }
  }
  return assembled(affine, activation)
}

/** The numbers of inputs, units and classes of a network: 784, 50, 10. */
export function sizesOf(weights: Weights): number[] {
  const matrices = Object.entries(weights).filter(([name]) => name.startsWith('W'))
  return matrices.flatMap(([, { shape }], i) => (i === 0 ? [...shape] : [shape[1]]))
}
