import { Dense, multiplyRow, Plain } from '../sparse-row'
import { COMPACTED, threadLocal } from '../thread-local'

/** `C = A·B` or `C += A·B` like `multiply`, but with `B` (k, n) unpacked: for an `A` of a few rows, for which packing does not pay. */
export function multiplyRows<T>(
  a: usize,
  b: usize,
  c: usize,
  m: i32,
  k: i32,
  n: i32,
  accumulate: bool,
): void {
  for (let i = 0; i < m; i++) {
    multiplyRow<T, Dense>(a, a, 0, k, b, c, n, accumulate)
    a += <usize>k * sizeof<T>()
    c += <usize>n * sizeof<T>()
  }
}

/**
 * The same, but skips zeros of `A`, for an `A` that is mostly zeros, as images are. Each row is first compacted to its
 * nonzero elements. k is at most `MAX_COMPACTED_BYTES` of elements (see `thread-local.ts`).
 */
export function multiplySparseRows<T>(
  a: usize,
  b: usize,
  c: usize,
  m: i32,
  k: i32,
  n: i32,
  accumulate: bool,
): void {
  const values = threadLocal + COMPACTED
  const indices = values + <usize>k * sizeof<T>() + 16
  for (let i = 0; i < m; i++) {
    const count = compactRow<T>(a, k, values, indices)
    multiplyRow<T, Plain>(values, indices, 0, count, b, c, n, accumulate)
    a += <usize>k * sizeof<T>()
    c += <usize>n * sizeof<T>()
  }
}

/**
 * Writes the nonzero elements of `a` to `values`, one after the other, and their indices, integers of the same size, to
 * `indices`; returns how many there are. Works vector by vector: a shuffle moves the nonzero lanes to the front, the whole
 * vector is stored, and the next store overwrites the lanes behind them.
 */
function compactRow<T>(a: usize, k: i32, values: usize, indices: usize): i32 {
  const start = values
  const end = a + <usize>k * sizeof<T>()
  let index = sizeof<T>() === 4 ? i32x4(0, 1, 2, 3) : i64x2(0, 1)
  const step = sizeof<T>() === 4 ? i32x4.splat(4) : i64x2.splat(2)
  while (a < end) {
    const value = v128.load(a)
    let lanes = i32x4.bitmask(v128.ne<T>(value, v128.splat<T>(0)))
    // Lanes beyond the end belong to the next row.
    if (a + 16 > end) lanes &= (1 << (<i32>(end - a) >> 2)) - 1
    if (lanes) {
      const mask = v128.load(shuffleMasks + ((<usize>lanes) << 4))
      v128.store(values, i8x16.swizzle(value, mask))
      v128.store(indices, i8x16.swizzle(index, mask))
      const bytes = (<usize>popcnt(lanes)) << 2
      values += bytes
      indices += bytes
    }
    a += 16
    index = i32x4.add(index, step)
  }
  return <i32>((values - start) / sizeof<T>())
}

/** For each of the 16 subsets of four lanes the byte shuffle that moves them to the front, in their order. */
const shuffleMasks: usize = memory.data(256, 16)

/** Fills `shuffleMasks`; called once, when the module starts. */
export function initShuffleMasks(): void {
  for (let lanes = 0; lanes < 16; lanes++) {
    let to = shuffleMasks + ((<usize>lanes) << 4)
    for (let lane = 0; lane < 4; lane++) {
      if (!(lanes & (1 << lane))) continue
      store<u32>(to, 0x03020100 + lane * 0x04040404)
      to += 4
    }
  }
}
