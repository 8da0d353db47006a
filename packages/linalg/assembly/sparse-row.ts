import { multiplyAdd } from './multiply-add'
import { threadLocal } from './thread-local'

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
/** Codes of 8 bits, looked up in a codebook, and indices of 16 bits. */
export class Coded {}

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
  for (let p: usize = 0; p < <usize>count; p++) {
    const x = v128.load_splat<T>(valueAddress<T, Format>(values, codebook, p))
    const b = panel + indexAt<T, Format>(indices, p) * stride
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
  // A partial last panel must not overwrite the next row of C: it is stored to scratch memory first, then copied.
  const full: usize = idof<Width>() === idof<Wide>() ? 208 : 128
  const to = bytes === full ? c : threadLocal
  v128.store(to, c0)
  v128.store(to, c1, 16)
  v128.store(to, c2, 32)
  v128.store(to, c3, 48)
  v128.store(to, c4, 64)
  v128.store(to, c5, 80)
  v128.store(to, c6, 96)
  v128.store(to, c7, 112)
  if (idof<Width>() === idof<Wide>()) {
    v128.store(to, c8, 128)
    v128.store(to, c9, 144)
    v128.store(to, c10, 160)
    v128.store(to, c11, 176)
    v128.store(to, c12, 192)
  }
  if (to !== c) copyShort(c, to, bytes)
}

/** Returns the address of the value of entry p. */
function valueAddress<T, Format>(values: usize, codebook: usize, p: usize): usize {
  if (idof<Format>() === idof<Coded>()) return codebook + <usize>load<u8>(values + p) * sizeof<T>()
  return values + p * sizeof<T>()
}

/** Returns the index of entry p. */
function indexAt<T, Format>(indices: usize, p: usize): usize {
  if (idof<Format>() === idof<Dense>()) return p
  if (idof<Format>() === idof<Plain>()) return load<u32>(indices + p * sizeof<T>())
  return load<u16>(indices + 2 * p)
}

/** Copies up to 208 bytes, a multiple of 4; faster than `memory.copy` at this size. */
function copyShort(to: usize, from: usize, bytes: usize): void {
  let at: usize = 0
  for (; at + 16 <= bytes; at += 16) v128.store(to + at, v128.load(from + at))
  if (bytes & 8) store<u64>(to + at, load<u64>(from + at))
  if (bytes & 4) store<u32>(to + bytes - 4, load<u32>(from + bytes - 4))
}
