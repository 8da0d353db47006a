import { multiplyAdd } from './multiply-add'
import { own } from './own'

/**
 * One row of a product from a list of the nonzero elements of a row of `A`: their values, and their places in the row,
 * which say which rows of `B` they meet. Zeros that are left out change no bit: their products would be ±0, and adding
 * those changes no sum, since no sum is ever −0; provided that `B` is finite (0·∞ is NaN): see `allFinite`.
 */

// How many vectors wide a panel of `B` is (13 or 8), as types, so that each gets a loop of its own.
class Wide {}
class Narrow {}

// How a list is kept, likewise. Plain: values, and places in 32 bits at the distance of two values. Coded: the numbers of
// values in a palette, a byte each, and places in 16 bits.
class Plain {}
class Coded {}

/**
 * `c = Σ_p valueₚ·B[placeₚ]`, or `c += …`, in the order of p, for a plain list. `B` has rows of `n` elements without gaps,
 * and is taken in panels as wide as the sums that registers hold.
 */
export function multiplyList<T>(
  values: usize,
  places: usize,
  count: i32,
  b: usize,
  c: usize,
  n: i32,
  accumulate: bool,
): void {
  const width = panelWidth<T>(n)
  const end = <usize>n * sizeof<T>()
  for (let at: usize = 0; at < end; at += width) {
    multiplyPanel<T, Plain>(values, places, 0, count, b, c, n, at, end, accumulate)
  }
}

/** How many bytes of a row of `B` a panel has. */
export function panelWidth<T>(n: i32): usize {
  return isWide(<usize>n * sizeof<T>()) ? 13 * 16 : 8 * 16
}

/** The part of `multiplyList` for one panel (see there), of a coded list: the values are numbers in `palette`. */
export function multiplyCodedPanel<T>(
  values: usize,
  places: usize,
  palette: usize,
  count: i32,
  b: usize,
  c: usize,
  n: i32,
  at: usize,
  end: usize,
): void {
  multiplyPanel<T, Coded>(values, places, palette, count, b, c, n, at, end, false)
}

/** One panel, from `at` to `end` at most, in bytes behind the beginning of the rows. */
function multiplyPanel<T, Kind>(
  values: usize,
  places: usize,
  palette: usize,
  count: i32,
  b: usize,
  c: usize,
  n: i32,
  at: usize,
  end: usize,
  accumulate: bool,
): void {
  const stride = <usize>n * sizeof<T>()
  const bytes = end - at
  const to = c + at
  if (isWide(stride)) {
    const width = min<usize>(208, bytes)
    listTimesPanel<T, Wide, Kind>(values, places, palette, count, b + at, stride, to, width, accumulate)
  } else {
    const width = min<usize>(128, bytes)
    listTimesPanel<T, Narrow, Kind>(values, places, palette, count, b + at, stride, to, width, accumulate)
  }
}

/** Whether the wide panels waste less than the narrow ones on rows of `stride` bytes. */
function isWide(stride: usize): bool {
  const vectors = <i32>(stride + 15) >> 4
  return 14 * ((vectors + 12) / 13) <= 9 * ((vectors + 7) / 8)
}

/**
 * A list times a panel of `B`: `bytes` bytes of a row of `C`. The sums stay in registers. The exits that are never
 * taken keep V8 from moving all loads to the top (see `tile`).
 */
function listTimesPanel<T, Width, Kind>(
  values: usize,
  places: usize,
  palette: usize,
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
    const x = v128.load_splat<T>(valueAt<T, Kind>(values, palette, p))
    const b = panel + placeAt<T, Kind>(places, p) * stride
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
  // What is beyond the end of C's row belongs to the next one: its last part is put together elsewhere first.
  const full: usize = idof<Width>() === idof<Wide>() ? 208 : 128
  const to = bytes === full ? c : own
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
  if (to !== c) copyFew(c, to, bytes)
}

/** Where the value of element p of a list stands. */
function valueAt<T, Kind>(values: usize, palette: usize, p: usize): usize {
  if (idof<Kind>() === idof<Plain>()) return values + p * sizeof<T>()
  return palette + <usize>load<u8>(values + p) * sizeof<T>()
}

/** The place of element p of a list. */
function placeAt<T, Kind>(places: usize, p: usize): usize {
  if (idof<Kind>() === idof<Plain>()) return load<u32>(places + p * sizeof<T>())
  return load<u16>(places + 2 * p)
}

/** Copies whole float32 or float64; quicker than `memory.copy` for so few. */
function copyFew(to: usize, from: usize, bytes: usize): void {
  let at: usize = 0
  for (; at + 16 <= bytes; at += 16) v128.store(to + at, v128.load(from + at))
  if (bytes & 8) store<u64>(to + at, load<u64>(from + at))
  if (bytes & 4) store<u32>(to + bytes - 4, load<u32>(from + bytes - 4))
}

/** Writes zeros, whole float32 or float64; quicker than `memory.fill` for so few. */
export function clear(to: usize, bytes: usize): void {
  const zero = v128.splat<f32>(0)
  let at: usize = 0
  for (; at + 16 <= bytes; at += 16) v128.store(to + at, zero)
  if (bytes & 8) store<u64>(to + at, 0)
  if (bytes & 4) store<u32>(to + bytes - 4, 0)
}

/**
 * Whether none of `count` elements, with zeros behind them to the end of a vector, is NaN or infinite: their sum tells,
 * since neither ever leaves it. It may also say no where finite ones are so large that their sum is not.
 */
export function allFinite<T>(x: usize, count: i32): bool {
  // Several sums at a time, since each waits for its own last step alone.
  let s0 = v128.splat<T>(0)
  let s1 = s0
  let s2 = s0
  let s3 = s0
  let s4 = s0
  let s5 = s0
  let s6 = s0
  let s7 = s0
  const end = x + <usize>count * sizeof<T>()
  for (; x + 128 <= end; x += 128) {
    s0 = v128.add<T>(s0, v128.load(x))
    s1 = v128.add<T>(s1, v128.load(x, 16))
    s2 = v128.add<T>(s2, v128.load(x, 32))
    s3 = v128.add<T>(s3, v128.load(x, 48))
    s4 = v128.add<T>(s4, v128.load(x, 64))
    s5 = v128.add<T>(s5, v128.load(x, 80))
    s6 = v128.add<T>(s6, v128.load(x, 96))
    s7 = v128.add<T>(s7, v128.load(x, 112))
  }
  for (; x < end; x += 16) s0 = v128.add<T>(s0, v128.load(x))
  s0 = v128.add<T>(v128.add<T>(s0, s1), v128.add<T>(s2, s3))
  s4 = v128.add<T>(v128.add<T>(s4, s5), v128.add<T>(s6, s7))
  const sum = v128.add<T>(s0, s4)
  // Only of what is finite the difference with itself is 0.
  return !v128.any_true(v128.ne<T>(v128.sub<T>(sum, sum), v128.splat<T>(0)))
}
