import { Affine, type Init } from '@gosa/layers'
import type { DType, Rng } from '@gosa/linalg'
import { TwoLayerNet } from '@gosa/networks'

export interface ModelSize {
  inputs: number
  hidden: number
  classes: number
}

/** A TwoLayerNet with random weights, drawn in the order in which TwoLayerNet itself draws them. */
export function createModel(
  { inputs, hidden, classes }: ModelSize,
  { init, rng, dtype }: { init: Init; rng: Rng; dtype: DType },
): TwoLayerNet {
  const first = Affine.init(inputs, hidden, { init, rng, dtype })
  const second = Affine.init(hidden, classes, { init, rng, dtype })
  return TwoLayerNet.fromParameters({ W1: first.W, b1: first.b, W2: second.W, b2: second.b })
}
