import { showShape, Tensor } from '@gosa/linalg'
import type { TwoLayerNetTensors } from './two-layer-net.ts'

/** Throws a `TypeError` where a weight is missing or dtypes differ, a `RangeError` where shapes do not fit one another. */
export function checkWeights(weights: TwoLayerNetTensors): void {
  const { W1, b1, W2, b2 } = weights
  const all = Object.entries({ W1, b1, W2, b2 })
  const missing = all.filter(([, weight]) => !(weight instanceof Tensor)).map(([name]) => name)
  if (missing.length > 0) {
    throw new TypeError(`TwoLayerNet: ${missing.join(', ')} must be tensors; W1, b1, W2 and b2 are needed`)
  }
  const [H, C] = [b1.size, b2.size]
  const fits = W1.rank === 2 && W1.shape[1] === H && W2.rank === 2 && W2.shape[0] === H && W2.shape[1] === C
  if (!fits || b1.rank !== 1 || b2.rank !== 1) {
    const shapes = all.map(([name, { shape }]) => `${name} ${showShape(shape)}`).join(', ')
    throw new RangeError(`TwoLayerNet: ${shapes} do not fit: (D, H), (H), (H, C) and (C) are needed`)
  }
  if (all.some(([, { dtype }]) => dtype !== W1.dtype)) {
    const dtypes = all.map(([name, { dtype }]) => `${name} ${dtype}`).join(', ')
    throw new TypeError(`TwoLayerNet: ${dtypes} do not mix: convert them with astype`)
  }
}
