import { multiplyRow, Plain } from '../sparse-row'
import { COMPACTED, COUNTS, threadLocal } from '../thread-local'

/**
 * `C = A·B` or `C += A·B` like `multiplySparseRows`, for an `A` that is stored transposed, (k, m), with rows `aStride`
 * bytes apart. Compacts as many of its columns at once as a vector has lanes.
 */
export function multiplySparseColumns<T>(
  a: usize,
  b: usize,
  c: usize,
  m: i32,
  k: i32,
  n: i32,
  accumulate: bool,
  aStride: usize,
): void {
  const scratch = threadLocal + COMPACTED
  const lanes = <i32>(16 / sizeof<T>())
  const half = <usize>k * sizeof<T>() + 32
  for (let i = 0; i < m; i += lanes) {
    compactColumns<T>(a + <usize>i * sizeof<T>(), aStride, k, scratch, half)
    for (let lane = 0; lane < min(lanes, m - i); lane++) {
      const values = scratch + <usize>(2 * lane) * half
      const count = load<i32>(threadLocal + ((<usize>lane) << 2), COUNTS)
      multiplyRow<T, Plain>(values, values + half, 0, count, b, c, n, accumulate)
      c += <usize>n * sizeof<T>()
    }
  }
}

/**
 * Compacts the columns in the lanes of a vector, each to its nonzero values and, `half` bytes later, their indices, as
 * `compactRow` does. Each lane is stored to the end of its column's output, which advances only if the element is not 0.
 * Writes the lengths of the columns to `threadLocal` at `COUNTS`.
 */
function compactColumns<T>(a: usize, aStride: usize, k: i32, scratch: usize, half: usize): void {
  let to0 = scratch
  let to1 = to0 + 2 * half
  let to2 = to1 + 2 * half
  let to3 = to2 + 2 * half
  for (let l = 0; l < k; l++, a += aStride) {
    const value = v128.load(a)
    const nonzero = v128.ne<T>(value, v128.splat<T>(0))
    const lanes = <usize>(sizeof<T>() === 4 ? i32x4.bitmask(nonzero) : i64x2.bitmask(nonzero))
    if (!lanes) continue
    if (sizeof<T>() === 4) {
      v128.store32_lane(to0, value, 0)
      v128.store32_lane(to1, value, 1)
      v128.store32_lane(to2, value, 2)
      v128.store32_lane(to3, value, 3)
      store<i32>(to2 + half, l)
      store<i32>(to3 + half, l)
    } else {
      v128.store64_lane(to0, value, 0)
      v128.store64_lane(to1, value, 1)
    }
    store<i32>(to0 + half, l)
    store<i32>(to1 + half, l)
    to0 += (lanes & 1) * sizeof<T>()
    to1 += ((lanes >> 1) & 1) * sizeof<T>()
    if (sizeof<T>() === 4) {
      to2 += lanes & 4
      to3 += (lanes >> 1) & 4
    }
  }
  store<i32>(threadLocal, <i32>((to0 - scratch) / sizeof<T>()), COUNTS)
  store<i32>(threadLocal, <i32>((to1 - scratch - 2 * half) / sizeof<T>()), COUNTS + 4)
  store<i32>(threadLocal, <i32>((to2 - scratch - 4 * half) / sizeof<T>()), COUNTS + 8)
  store<i32>(threadLocal, <i32>((to3 - scratch - 6 * half) / sizeof<T>()), COUNTS + 12)
}
