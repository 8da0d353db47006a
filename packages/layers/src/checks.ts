/** The checks that all layers share: `backward` after `forward`, and inputs and `dout` of the right shape. */
import { type NumberOrTensor, type Shape, sameShape, showShape, Tensor } from '@gosa/linalg'
import { checkTensor, showValue } from '@gosa/linalg/options'

/** Returns what `forward` or `backward` has stored. Throws an `Error` with `message` if it has not run yet. */
export function stored<T>(value: T | undefined, message: string): T {
  if (value === undefined) throw new Error(message)
  return value
}

/** Throws a `TypeError` unless `dout` is a tensor, a `RangeError` unless it has the shape of the output, as the chain rule demands. */
export function checkDout(dout: Tensor, output: Shape, layer: string): void {
  checkTensor(layer, 'dout', dout)
  if (sameShape(dout.shape, output)) return
  throw new RangeError(
    `${layer}: dout has shape ${showShape(dout.shape)}, but the output had ${showShape(output)}, and dout must match it`,
  )
}

/** Throws as `checkDout`, and a `TypeError` unless `dout` has the dtype of the output. */
export function checkDoutLike(dout: Tensor, output: Tensor, layer: string): void {
  checkDout(dout, output.shape, layer)
  if (dout.dtype === output.dtype) return
  throw new TypeError(
    `${layer}: dout is ${dout.dtype}, but the output was ${output.dtype}: convert it with astype`,
  )
}

/** Throws a `TypeError` unless both are numbers or tensors of one dtype, a `RangeError` unless shapes are equal. */
export function checkPair(a: NumberOrTensor, b: NumberOrTensor, layer: string): void {
  if (typeof a === 'number' && typeof b === 'number') return
  if (!(a instanceof Tensor && b instanceof Tensor)) {
    throw new TypeError(`${layer}: takes two numbers or two tensors, not ${showValue(a)} and ${showValue(b)}`)
  }
  if (!sameShape(a.shape, b.shape)) {
    throw new RangeError(`${layer}: shapes ${showShape(a.shape)} and ${showShape(b.shape)} must be equal`)
  }
  if (a.dtype !== b.dtype) {
    throw new TypeError(`${layer}: ${a.dtype} and ${b.dtype} do not mix: convert one with astype`)
  }
}

/** Returns the shape of a sample, if it is one; throws a `TypeError` otherwise. */
export function checkSampleShape(shape: Shape, layer: string): Shape {
  if (Array.isArray(shape) && shape.every((length) => typeof length === 'number')) return shape
  throw new TypeError(`${layer}: the shape of a sample is an array such as [784], not ${showValue(shape)}`)
}
