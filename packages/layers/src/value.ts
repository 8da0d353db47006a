import { sameShape, showShape, Tensor } from '@gosa/linalg'

/** What flows along an edge of a computational graph. */
export type Value = number | Tensor

/** Throws a `TypeError` unless both are numbers or tensors of one dtype, a `RangeError` unless shapes are equal. */
export function checkPair(a: Value, b: Value, layer: string): void {
  if (typeof a === 'number' && typeof b === 'number') return
  if (!(a instanceof Tensor && b instanceof Tensor)) {
    throw new TypeError(`${layer}: takes two numbers or two tensors, not one of each or anything else`)
  }
  if (!sameShape(a.shape, b.shape)) {
    throw new RangeError(`${layer}: shapes ${showShape(a.shape)} and ${showShape(b.shape)} must be equal`)
  }
  if (a.dtype !== b.dtype) {
    throw new TypeError(`${layer}: ${a.dtype} and ${b.dtype} do not mix: convert one with astype`)
  }
}
