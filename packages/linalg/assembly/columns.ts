import { multiplyList } from './list'
import { COUNTS, own } from './own'

/**
 * `C = A·B` or `C += A·B` like `multiplyRows`, skipping zeros, for an `A` that is stored transposed, (k, m), its rows
 * `aStride` bytes apart: as many of its columns at once as a vector has lanes. `room` is for their lists: `8·k` elements
 * and 256 bytes.
 */
export function multiplyColumns<T>(
  a: usize,
  b: usize,
  c: usize,
  m: i32,
  k: i32,
  n: i32,
  accumulate: bool,
  aStride: usize,
  room: usize,
): void {
  const lanes = <i32>(16 / sizeof<T>())
  const half = <usize>k * sizeof<T>() + 32
  for (let i = 0; i < m; i += lanes) {
    squeezeColumns<T>(a + <usize>i * sizeof<T>(), aStride, k, room, half)
    for (let lane = 0; lane < min(lanes, m - i); lane++) {
      const values = room + <usize>(2 * lane) * half
      const count = load<i32>(own + ((<usize>lane) << 2), COUNTS)
      multiplyList<T>(values, values + half, count, b, c, n, accumulate)
      c += <usize>n * sizeof<T>()
    }
  }
}

/**
 * Squeezes the columns of a vector's lanes, each to a list of values and, `half` bytes behind, of places as in
 * `squeeze`. Each lane is written to its list's end, which moves on only where it is not 0. How many elements the lists
 * have is written to `own`, `COUNTS` bytes behind its beginning.
 */
function squeezeColumns<T>(a: usize, aStride: usize, k: i32, room: usize, half: usize): void {
  let to0 = room
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
  store<i32>(own, <i32>((to0 - room) / sizeof<T>()), COUNTS)
  store<i32>(own, <i32>((to1 - room - 2 * half) / sizeof<T>()), COUNTS + 4)
  store<i32>(own, <i32>((to2 - room - 4 * half) / sizeof<T>()), COUNTS + 8)
  store<i32>(own, <i32>((to3 - room - 6 * half) / sizeof<T>()), COUNTS + 12)
}
