/** `argsort`: the order of the elements, by index. */
import { checkAxis, sizeOf } from '../tensor/shape.ts'
import type { Tensor } from '../tensor/tensor.ts'

/**
 * Returns the indices that sort the elements in ascending order: of all elements, by position in row-major order, or
 * along one axis. In the latter case the result has an index along the axis for each element of `x`, in row-major order
 * of the shape of `x`: for logits (N, C), `argsort(y, { axis: 1 })` holds the C classes of each row, from the least to
 * the most likely.
 *
 * The sort is stable: equal elements (0 and −0 among them) keep their order. NaN comes last, as in NumPy. For descending
 * order sort `negate(x)`. Throws a `RangeError` if the axis does not exist.
 */
export function argsort(x: Tensor, { axis }: { axis?: number } = {}): Int32Array {
  if (axis === undefined) return sortedIndices(x.data, 0, x.size, 1)
  const along = checkAxis(axis, x.rank, 'argsort')
  const length = x.shape[along]
  const inner = sizeOf(x.shape.slice(along + 1))
  const { data } = x
  const result = new Int32Array(data.length)
  for (let start = 0; start < data.length; start += length * inner) {
    for (let i = start; i < start + inner; i++) {
      const indices = sortedIndices(data, i, length, inner)
      for (let l = 0; l < length; l++) result[i + l * inner] = indices[l]
    }
  }
  return result
}

function sortedIndices(data: ArrayLike<number>, start: number, length: number, stride: number): Int32Array {
  const indices = Int32Array.from({ length }, (_, l) => l)
  return indices.sort((i, j) => compare(data[start + i * stride], data[start + j * stride]) || i - j)
}

function compare(a: number, b: number): number {
  if (a < b) return -1
  if (a > b) return 1
  return Number(Number.isNaN(a)) - Number(Number.isNaN(b))
}
