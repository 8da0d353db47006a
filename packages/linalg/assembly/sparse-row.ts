import { multiplyAdd } from './multiply-add'
import { storeTail } from './tail'

/**
 * One row of a product `C = A·B` from some elements of a row of `A`: their values and their column indices, each of which
 * selects a row of `B`. Skipping zeros changes no bit: their products are ±0, and adding these changes no sum,
 * since no sum is ever −0. `B` must be finite, since 0·∞ is NaN: see `allFinite`.
 */

// Width of a panel of `B`, 13 or 8 vectors, as types, so that the compiler generates a loop for each.
class Wide {}
class Narrow {}

// Format of a row of `A`, likewise.
/** All elements of the row: the index of an element is its position. */
export class Dense {}
/** Values of type T, and indices of 32 bits, one every `sizeof<T>()` bytes. */
export class Plain {}
/**
 * Pairs of bytes: an index, and the code of a value, looked up in a codebook. In place of `indices` stands `DISTANCES` if an
 * index is the distance to the one before, from 0 on, or `POSITIONS` if it counts from 0.
 */
export class Coded {}

export const DISTANCES: usize = -1
export const POSITIONS: usize = 0

/** Returns the width of a panel of `B`, whose rows have n elements, in bytes. */
export function panelBytes<T>(n: i32): usize {
  return isWide(<usize>n * sizeof<T>()) ? 13 * 16 : 8 * 16
}

/**
 * `c = Σ_p valueₚ·B[indexₚ]`, or `c += …`, in the order of p, for a row of `A` with `count` elements. `B` is row-major with
 * contiguous rows of `n` elements, and is read in panels as wide as the sums that fit into registers.
 */
export function multiplyRow<T, Format>(
  values: usize,
  indices: usize,
  codebook: usize,
  count: i32,
  b: usize,
  c: usize,
  n: i32,
  accumulate: bool,
): void {
  const width = panelBytes<T>(n)
  const end = <usize>n * sizeof<T>()
  for (let start: usize = 0; start < end; start += width) {
    multiplyPanel<T, Format>(values, indices, codebook, count, b, c, n, start, end, accumulate)
  }
}

/** Computes one panel of the same, from byte `start` of the rows of `B` and `c` to `end` at most. */
export function multiplyPanel<T, Format>(
  values: usize,
  indices: usize,
  codebook: usize,
  count: i32,
  b: usize,
  c: usize,
  n: i32,
  start: usize,
  end: usize,
  accumulate: bool,
): void {
  const stride = <usize>n * sizeof<T>()
  const from = b + start
  const to = c + start
  if (isWide(stride)) {
    const bytes = min<usize>(208, end - start)
    rowTimesPanel<T, Wide, Format>(values, indices, codebook, count, from, stride, to, bytes, accumulate)
  } else {
    const bytes = min<usize>(128, end - start)
    rowTimesPanel<T, Narrow, Format>(values, indices, codebook, count, from, stride, to, bytes, accumulate)
  }
}

/** Returns whether wide panels cost less on rows of `stride` bytes: they take 14 loads per entry, narrow ones 9. */
function isWide(stride: usize): bool {
  const vectors = <i32>(stride + 15) >> 4
  return 14 * ((vectors + 12) / 13) <= 9 * ((vectors + 7) / 8)
}

/**
 * A sparse row times a panel of `B`: `bytes` bytes of a row of `C`. The sums stay in registers. The exits that are never
 * taken keep V8 from hoisting all loads to the top (see `tile`).
 */
function rowTimesPanel<T, Width, Format>(
  values: usize,
  indices: usize,
  codebook: usize,
  count: i32,
  panel: usize,
  stride: usize,
  c: usize,
  bytes: usize,
  accumulate: bool,
): void {
  let c0 = v128.splat<T>(0)
  let c1 = c0
  let c2 = c0
  let c3 = c0
  let c4 = c0
  let c5 = c0
  let c6 = c0
  let c7 = c0
  let c8 = c0
  let c9 = c0
  let c10 = c0
  let c11 = c0
  let c12 = c0
  if (accumulate) {
    c0 = v128.load(c)
    c1 = v128.load(c, 16)
    c2 = v128.load(c, 32)
    c3 = v128.load(c, 48)
    c4 = v128.load(c, 64)
    c5 = v128.load(c, 80)
    c6 = v128.load(c, 96)
    c7 = v128.load(c, 112)
    if (idof<Width>() === idof<Wide>()) {
      c8 = v128.load(c, 128)
      c9 = v128.load(c, 144)
      c10 = v128.load(c, 160)
      c11 = v128.load(c, 176)
      c12 = v128.load(c, 192)
    }
  }
  let index: usize = 0
  for (let p: usize = 0; p < <usize>count; p++) {
    let value = values + p * sizeof<T>()
    if (idof<Format>() === idof<Coded>()) {
      const pair = <usize>load<u16>(values + 2 * p)
      index = (index & indices) + (pair & 255)
      value = codebook + (pair >> 8) * sizeof<T>()
    } else {
      index = idof<Format>() === idof<Dense>() ? p : <usize>load<u32>(indices + p * sizeof<T>())
    }
    const x = v128.load_splat<T>(value)
    const b = panel + index * stride
    c0 = multiplyAdd<T>(c0, x, v128.load(b))
    c1 = multiplyAdd<T>(c1, x, v128.load(b, 16))
    if (idof<Width>() === idof<Narrow>() && !bytes) break
    c2 = multiplyAdd<T>(c2, x, v128.load(b, 32))
    c3 = multiplyAdd<T>(c3, x, v128.load(b, 48))
    if (idof<Width>() === idof<Narrow>() && !bytes) break
    c4 = multiplyAdd<T>(c4, x, v128.load(b, 64))
    c5 = multiplyAdd<T>(c5, x, v128.load(b, 80))
    if (idof<Width>() === idof<Narrow>() && !bytes) break
    c6 = multiplyAdd<T>(c6, x, v128.load(b, 96))
    c7 = multiplyAdd<T>(c7, x, v128.load(b, 112))
    if (idof<Width>() === idof<Wide>()) {
      c8 = multiplyAdd<T>(c8, x, v128.load(b, 128))
      c9 = multiplyAdd<T>(c9, x, v128.load(b, 144))
      c10 = multiplyAdd<T>(c10, x, v128.load(b, 160))
      c11 = multiplyAdd<T>(c11, x, v128.load(b, 176))
      c12 = multiplyAdd<T>(c12, x, v128.load(b, 192))
    }
  }
  // Whole vectors first, then the first bytes of the next one: what follows in memory is not overwritten.
  let tail = c0
  do {
    if (bytes < 16) break
    v128.store(c, c0)
    tail = c1
    if (bytes < 32) break
    v128.store(c, c1, 16)
    tail = c2
    if (bytes < 48) break
    v128.store(c, c2, 32)
    tail = c3
    if (bytes < 64) break
    v128.store(c, c3, 48)
    tail = c4
    if (bytes < 80) break
    v128.store(c, c4, 64)
    tail = c5
    if (bytes < 96) break
    v128.store(c, c5, 80)
    tail = c6
    if (bytes < 112) break
    v128.store(c, c6, 96)
    tail = c7
    if (bytes < 128) break
    v128.store(c, c7, 112)
    if (idof<Width>() === idof<Wide>()) {
      tail = c8
      if (bytes < 144) break
      v128.store(c, c8, 128)
      tail = c9
      if (bytes < 160) break
      v128.store(c, c9, 144)
      tail = c10
      if (bytes < 176) break
      v128.store(c, c10, 160)
      tail = c11
      if (bytes < 192) break
      v128.store(c, c11, 176)
      tail = c12
      if (bytes < 208) break
      v128.store(c, c12, 192)
    }
    // biome-ignore lint/correctness/noConstantCondition: a block that is left by break; the compiler has no labels
  } while (false)
  storeTail(c + (bytes & ~15), tail, bytes & 15)
}

/** Writes zeros, a multiple of 4 bytes; faster than `memory.fill` for a row. */
export function clearRow(to: usize, bytes: usize): void {
  const zero = v128.splat<f32>(0)
  let at: usize = 0
  for (; at + 16 <= bytes; at += 16) v128.store(to + at, zero)
  storeTail(to + at, zero, bytes & 15)
}
