/** `where`: chooses between two operands, element by element. */
import { broadcastShape, type Shape, stridesOf } from '../tensor/shape.ts'
import { Tensor } from '../tensor/tensor.ts'
import { asTensor } from './arithmetic.ts'
import { commonDtype, type OutOption, resultIn } from './operand.ts'

/**
 * Returns the elements of `a` where `condition` is true and those of `b` elsewhere, with NumPy's broadcasting of all
 * three. A condition is a tensor of any dtype: 0 and −0 are false, everything else is true, NaN included.
 *
 *     where(tensor([1, 0]), tensor([1, 2]), 0) // tensor (2) float64 [1, 0]
 *
 * The result has the dtype of `a` and `b`. `out` may be an operand of the result's shape. Throws a `RangeError` if the
 * shapes do not broadcast, a `TypeError` if `a` and `b` have different dtypes or `condition` is not a tensor.
 */
export function where(
  condition: Tensor,
  a: Tensor | number,
  b: Tensor | number,
  { out }: OutOption = {},
): Tensor {
  if (!(condition instanceof Tensor)) {
    throw new TypeError('where: condition must be a tensor; its elements other than 0 are true')
  }
  const dtype = a instanceof Tensor ? a.dtype : b instanceof Tensor ? b.dtype : 'float64'
  const [x, y] = [asTensor(a, dtype, 'where'), asTensor(b, dtype, 'where')]
  const values = broadcastShape(x.shape, y.shape, 'where')
  const shape = broadcastShape(condition.shape, values, 'where')
  const result = resultIn(out, shape, commonDtype('where', x, y), 'where')
  const strides = [condition, x, y].map((operand) => broadcastStrides(operand.shape, shape))
  const [conditions, trues, falses, target] = [condition.data, x.data, y.data, result.data]
  let next = 0
  const choose = (axis: number, c: number, i: number, j: number): void => {
    if (axis === shape.length) {
      target[next++] = conditions[c] !== 0 ? trues[i] : falses[j]
      return
    }
    const [cStride, iStride, jStride] = [strides[0][axis], strides[1][axis], strides[2][axis]]
    for (let k = 0; k < shape[axis]; k++) choose(axis + 1, c + k * cStride, i + k * iStride, j + k * jStride)
  }
  choose(0, 0, 0, 0)
  return result
}

/** Strides of an operand along the axes of the result, 0 along those that repeat it. */
function broadcastStrides(shape: Shape, result: Shape): number[] {
  const strides = stridesOf(shape)
  const missing = result.length - shape.length
  return result.map((_, axis) =>
    axis < missing || shape[axis - missing] === 1 ? 0 : strides[axis - missing],
  )
}
