import { multiplyAdd } from './multiply-add'

/** Height of a tile of the result; it is two vectors wide. */
export const TILE_ROWS: i32 = 4

/**
 * One tile of `C = A·B` (or `C += A·B`): up to four rows of `A`, `aStride` bytes apart, times a panel of `B` (see `pack`) of
 * depth k. Stores `rows × columns` elements of the tile to `C`, whose rows are `cStride` bytes apart.
 *
 * The eight sums stay in registers. Each is `((0 + a₀·b₀) + a₁·b₁) + …`, whatever the blocking, so the bits depend on the
 * operands alone. The loop is unrolled eight times with an exit after each iteration: without exits V8 before version 12
 * hoists all loads to the top of the body and runs out of registers.
 */
export function tile<T>(
  a: usize,
  aStride: usize,
  b: usize,
  k: i32,
  c: usize,
  cStride: usize,
  rows: i32,
  columns: i32,
  accumulate: bool,
): void {
  // Missing rows repeat the last one: they are computed, but not stored.
  let a0 = a
  let a1 = rows > 1 ? a0 + aStride : a0
  let a2 = rows > 2 ? a1 + aStride : a1
  let a3 = rows > 3 ? a2 + aStride : a2
  const p1 = rows > 1 ? c + cStride : c
  const p2 = rows > 2 ? p1 + cStride : p1
  const p3 = rows > 3 ? p2 + cStride : p2
  let c00 = v128.splat<T>(0)
  let c01 = c00
  let c10 = c00
  let c11 = c00
  let c20 = c00
  let c21 = c00
  let c30 = c00
  let c31 = c00
  if (accumulate) {
    c00 = v128.load(c)
    c01 = v128.load(c, 16)
    c10 = v128.load(p1)
    c11 = v128.load(p1, 16)
    c20 = v128.load(p2)
    c21 = v128.load(p2, 16)
    c30 = v128.load(p3)
    c31 = v128.load(p3, 16)
  }
  let x: v128, b0: v128, b1: v128
  for (let left = k; left > 0; left -= 8) {
    b0 = v128.load(b, 0)
    b1 = v128.load(b, 16)
    x = v128.load_splat<T>(a0)
    c00 = multiplyAdd<T>(c00, x, b0)
    c01 = multiplyAdd<T>(c01, x, b1)
    x = v128.load_splat<T>(a1)
    c10 = multiplyAdd<T>(c10, x, b0)
    c11 = multiplyAdd<T>(c11, x, b1)
    x = v128.load_splat<T>(a2)
    c20 = multiplyAdd<T>(c20, x, b0)
    c21 = multiplyAdd<T>(c21, x, b1)
    x = v128.load_splat<T>(a3)
    c30 = multiplyAdd<T>(c30, x, b0)
    c31 = multiplyAdd<T>(c31, x, b1)
    if (left === 1) break
    b0 = v128.load(b, 32)
    b1 = v128.load(b, 48)
    x = v128.load_splat<T>(a0, 1 * sizeof<T>())
    c00 = multiplyAdd<T>(c00, x, b0)
    c01 = multiplyAdd<T>(c01, x, b1)
    x = v128.load_splat<T>(a1, 1 * sizeof<T>())
    c10 = multiplyAdd<T>(c10, x, b0)
    c11 = multiplyAdd<T>(c11, x, b1)
    x = v128.load_splat<T>(a2, 1 * sizeof<T>())
    c20 = multiplyAdd<T>(c20, x, b0)
    c21 = multiplyAdd<T>(c21, x, b1)
    x = v128.load_splat<T>(a3, 1 * sizeof<T>())
    c30 = multiplyAdd<T>(c30, x, b0)
    c31 = multiplyAdd<T>(c31, x, b1)
    if (left === 2) break
    b0 = v128.load(b, 64)
    b1 = v128.load(b, 80)
    x = v128.load_splat<T>(a0, 2 * sizeof<T>())
    c00 = multiplyAdd<T>(c00, x, b0)
    c01 = multiplyAdd<T>(c01, x, b1)
    x = v128.load_splat<T>(a1, 2 * sizeof<T>())
    c10 = multiplyAdd<T>(c10, x, b0)
    c11 = multiplyAdd<T>(c11, x, b1)
    x = v128.load_splat<T>(a2, 2 * sizeof<T>())
    c20 = multiplyAdd<T>(c20, x, b0)
    c21 = multiplyAdd<T>(c21, x, b1)
    x = v128.load_splat<T>(a3, 2 * sizeof<T>())
    c30 = multiplyAdd<T>(c30, x, b0)
    c31 = multiplyAdd<T>(c31, x, b1)
    if (left === 3) break
    b0 = v128.load(b, 96)
    b1 = v128.load(b, 112)
    x = v128.load_splat<T>(a0, 3 * sizeof<T>())
    c00 = multiplyAdd<T>(c00, x, b0)
    c01 = multiplyAdd<T>(c01, x, b1)
    x = v128.load_splat<T>(a1, 3 * sizeof<T>())
    c10 = multiplyAdd<T>(c10, x, b0)
    c11 = multiplyAdd<T>(c11, x, b1)
    x = v128.load_splat<T>(a2, 3 * sizeof<T>())
    c20 = multiplyAdd<T>(c20, x, b0)
    c21 = multiplyAdd<T>(c21, x, b1)
    x = v128.load_splat<T>(a3, 3 * sizeof<T>())
    c30 = multiplyAdd<T>(c30, x, b0)
    c31 = multiplyAdd<T>(c31, x, b1)
    if (left === 4) break
    b0 = v128.load(b, 128)
    b1 = v128.load(b, 144)
    x = v128.load_splat<T>(a0, 4 * sizeof<T>())
    c00 = multiplyAdd<T>(c00, x, b0)
    c01 = multiplyAdd<T>(c01, x, b1)
    x = v128.load_splat<T>(a1, 4 * sizeof<T>())
    c10 = multiplyAdd<T>(c10, x, b0)
    c11 = multiplyAdd<T>(c11, x, b1)
    x = v128.load_splat<T>(a2, 4 * sizeof<T>())
    c20 = multiplyAdd<T>(c20, x, b0)
    c21 = multiplyAdd<T>(c21, x, b1)
    x = v128.load_splat<T>(a3, 4 * sizeof<T>())
    c30 = multiplyAdd<T>(c30, x, b0)
    c31 = multiplyAdd<T>(c31, x, b1)
    if (left === 5) break
    b0 = v128.load(b, 160)
    b1 = v128.load(b, 176)
    x = v128.load_splat<T>(a0, 5 * sizeof<T>())
    c00 = multiplyAdd<T>(c00, x, b0)
    c01 = multiplyAdd<T>(c01, x, b1)
    x = v128.load_splat<T>(a1, 5 * sizeof<T>())
    c10 = multiplyAdd<T>(c10, x, b0)
    c11 = multiplyAdd<T>(c11, x, b1)
    x = v128.load_splat<T>(a2, 5 * sizeof<T>())
    c20 = multiplyAdd<T>(c20, x, b0)
    c21 = multiplyAdd<T>(c21, x, b1)
    x = v128.load_splat<T>(a3, 5 * sizeof<T>())
    c30 = multiplyAdd<T>(c30, x, b0)
    c31 = multiplyAdd<T>(c31, x, b1)
    if (left === 6) break
    b0 = v128.load(b, 192)
    b1 = v128.load(b, 208)
    x = v128.load_splat<T>(a0, 6 * sizeof<T>())
    c00 = multiplyAdd<T>(c00, x, b0)
    c01 = multiplyAdd<T>(c01, x, b1)
    x = v128.load_splat<T>(a1, 6 * sizeof<T>())
    c10 = multiplyAdd<T>(c10, x, b0)
    c11 = multiplyAdd<T>(c11, x, b1)
    x = v128.load_splat<T>(a2, 6 * sizeof<T>())
    c20 = multiplyAdd<T>(c20, x, b0)
    c21 = multiplyAdd<T>(c21, x, b1)
    x = v128.load_splat<T>(a3, 6 * sizeof<T>())
    c30 = multiplyAdd<T>(c30, x, b0)
    c31 = multiplyAdd<T>(c31, x, b1)
    if (left === 7) break
    b0 = v128.load(b, 224)
    b1 = v128.load(b, 240)
    x = v128.load_splat<T>(a0, 7 * sizeof<T>())
    c00 = multiplyAdd<T>(c00, x, b0)
    c01 = multiplyAdd<T>(c01, x, b1)
    x = v128.load_splat<T>(a1, 7 * sizeof<T>())
    c10 = multiplyAdd<T>(c10, x, b0)
    c11 = multiplyAdd<T>(c11, x, b1)
    x = v128.load_splat<T>(a2, 7 * sizeof<T>())
    c20 = multiplyAdd<T>(c20, x, b0)
    c21 = multiplyAdd<T>(c21, x, b1)
    x = v128.load_splat<T>(a3, 7 * sizeof<T>())
    c30 = multiplyAdd<T>(c30, x, b0)
    c31 = multiplyAdd<T>(c31, x, b1)
    a0 += 8 * sizeof<T>()
    a1 += 8 * sizeof<T>()
    a2 += 8 * sizeof<T>()
    a3 += 8 * sizeof<T>()
    b += 256
  }
  if (rows > 3) storeRow<T>(p3, c30, c31, columns)
  if (rows > 2) storeRow<T>(p2, c20, c21, columns)
  if (rows > 1) storeRow<T>(p1, c10, c11, columns)
  storeRow<T>(c, c00, c01, columns)
}

/** Stores the first `columns` elements of two vectors. */
function storeRow<T>(to: usize, first: v128, second: v128, columns: i32): void {
  const lanes = <i32>(16 / sizeof<T>())
  if (columns === 2 * lanes) {
    v128.store(to, first)
    v128.store(to, second, 16)
  } else if (columns >= lanes) {
    v128.store(to, first)
    storeLanes<T>(to + 16, second, columns - lanes)
  } else {
    storeLanes<T>(to, first, columns)
  }
}

/** Stores the first `count` lanes of a vector, but not all. */
function storeLanes<T>(to: usize, value: v128, count: i32): void {
  if (sizeof<T>() === 4) {
    if (count > 0) v128.store32_lane(to, value, 0)
    if (count > 1) v128.store32_lane(to, value, 1, 4)
    if (count > 2) v128.store32_lane(to, value, 2, 8)
  } else if (count > 0) {
    v128.store64_lane(to, value, 0)
  }
}
