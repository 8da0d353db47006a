import { Affine, Relu, Sigmoid, Tanh } from '@gosa/layers'
import { createRng, randomNormal, type Tensor } from '@gosa/linalg'
import { SoftmaxWithLoss } from '@gosa/losses'
import type { LayerName } from '../protocol.ts'

/** A layer to be checked, a new one each time, and what it is given; labels for a loss. */
export type Subject =
  | { readonly kind: 'layer'; readonly make: () => Affine | Relu | Sigmoid | Tanh; readonly x: Tensor }
  | {
      readonly kind: 'loss'
      readonly make: () => SoftmaxWithLoss
      readonly x: Tensor
      readonly t: Uint8Array
    }

/** Samples, inputs and outputs: few enough to be looked at one by one. */
const [N, D, M] = [5, 6, 4]

/** Random numbers in general position: standard deviation about ½, no number twice. */
export function subjectOf(name: LayerName, seed: number): Subject {
  const rng = createRng(seed)
  const x = randomNormal([N, D], { std: 0.5, rng })
  const [W, b] = [randomNormal([D, M], { std: 0.5, rng }), randomNormal([M], { std: 0.5, rng })]
  switch (name) {
    case 'Affine':
      return { kind: 'layer', make: () => new Affine(W.clone(), b.clone()), x }
    case 'Relu':
      return { kind: 'layer', make: () => new Relu(), x }
    case 'Sigmoid':
      return { kind: 'layer', make: () => new Sigmoid(), x }
    case 'Tanh':
      return { kind: 'layer', make: () => new Tanh(), x }
    case 'SoftmaxWithLoss':
      return {
        kind: 'loss',
        make: () => new SoftmaxWithLoss(),
        x,
        t: Uint8Array.from({ length: N }, () => rng.integer(D)),
      }
  }
}
