/**
 * The product row by row: for `A` that is mostly zeros, as images are, and for `A` of a few rows.
 *
 * Each row of `A` is first squeezed to its nonzero elements and where they stand, and only these are multiplied, in the
 * order of k. A zero's products would be ±0, and adding those changes no sum, since no sum is ever −0. So the bits are
 * those of the dense product, provided that `B` is finite (0·∞ is NaN): see `allFinite`.
 */

// How many vectors wide a panel of `B` is (13 or 8), as types, so that each gets a loop of its own.
export class Wide {}
export class Narrow {}

/**
 * `C = A·B` or `C += A·B` like `multiply`, with `B` (k, n) as it is, row-major without gaps, taken in panels of as many
 * columns as the sums of one row may have. Unless `skipZeros`, zeros are multiplied too. `room` is for one squeezed
 * row: `2·k` elements and 32 bytes.
 */
export function multiplyRows<T>(
  a: usize,
  b: usize,
  c: usize,
  m: i32,
  k: i32,
  n: i32,
  accumulate: bool,
  skipZeros: bool,
  room: usize,
): void {
  const places = room + <usize>k * sizeof<T>() + 16
  const stride = <usize>n * sizeof<T>()
  const wide = isWide(stride)
  const width: usize = wide ? 13 * 16 : 8 * 16
  for (let i = 0; i < m; i++) {
    const count = squeeze<T>(a, k, room, places, <i32>stride, skipZeros)
    for (let at: usize = 0; at < stride; at += width) {
      const bytes = min(width, stride - at)
      if (wide) listTimesPanel<T, Wide>(room, places, count, b + at, c + at, bytes, accumulate)
      else listTimesPanel<T, Narrow>(room, places, count, b + at, c + at, bytes, accumulate)
    }
    a += <usize>k * sizeof<T>()
    c += stride
  }
}

/** Whether the wide panels waste less than the narrow ones on rows of `stride` bytes. */
export function isWide(stride: usize): bool {
  const vectors = <i32>(stride + 15) >> 4
  return 14 * ((vectors + 12) / 13) <= 9 * ((vectors + 7) / 8)
}

/**
 * The elements of `a` that are not 0, one after the other, and for each where its row of `B` begins, in integers of the
 * same size; answers how many. A vector at a time: `patterns` moves its nonzero lanes to the front, all of it is
 * written, and the next overwrites the rest.
 */
function squeeze<T>(a: usize, k: i32, values: usize, places: usize, stride: i32, skipZeros: bool): i32 {
  const start = values
  const end = a + <usize>k * sizeof<T>()
  const keep: i32 = skipZeros ? 0 : 15
  let place = sizeof<T>() === 4 ? i32x4(0, stride, 2 * stride, 3 * stride) : i64x2(0, stride)
  const step = sizeof<T>() === 4 ? i32x4.splat(4 * stride) : i64x2.splat(2 * stride)
  while (a < end) {
    const value = v128.load(a)
    let lanes = i32x4.bitmask(v128.ne<T>(value, v128.splat<T>(0))) | keep
    // Lanes behind the end belong to the next row.
    if (a + 16 > end) lanes &= (1 << (<i32>(end - a) >> 2)) - 1
    if (lanes) {
      const pattern = v128.load(patterns + ((<usize>lanes) << 4))
      v128.store(values, i8x16.swizzle(value, pattern))
      v128.store(places, i8x16.swizzle(place, pattern))
      const bytes = (<usize>popcnt(lanes)) << 2
      values += bytes
      places += bytes
    }
    a += 16
    place = i32x4.add(place, step)
  }
  return <i32>((values - start) / sizeof<T>())
}

/** For each choice of four lanes of 4 bytes, the bytes that move them to the front, in their order. */
const patterns: usize = memory.data(256, 16)

/** Fills `patterns`; once, at the start. */
export function preparePatterns(): void {
  for (let lanes = 0; lanes < 16; lanes++) {
    let to = patterns + ((<usize>lanes) << 4)
    for (let lane = 0; lane < 4; lane++) {
      if (!(lanes & (1 << lane))) continue
      store<u32>(to, 0x03020100 + lane * 0x04040404)
      to += 4
    }
  }
}

/**
 * A squeezed row of `A` times a panel: `bytes` bytes of a row of `C`. The sums stay in registers. The exits that are never
 * taken keep V8 from moving all loads to the top (see `tile`).
 */
export function listTimesPanel<T, Width>(
  values: usize,
  places: usize,
  count: i32,
  panel: usize,
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
  for (let p = 0; p < count; p++) {
    const x = v128.load_splat<T>(values + <usize>p * sizeof<T>())
    const b = panel + load<u32>(places + <usize>p * sizeof<T>())
    c0 = v128.add<T>(c0, v128.mul<T>(x, v128.load(b)))
    c1 = v128.add<T>(c1, v128.mul<T>(x, v128.load(b, 16)))
    c2 = v128.add<T>(c2, v128.mul<T>(x, v128.load(b, 32)))
    c3 = v128.add<T>(c3, v128.mul<T>(x, v128.load(b, 48)))
    if (p < 0) break
    c4 = v128.add<T>(c4, v128.mul<T>(x, v128.load(b, 64)))
    c5 = v128.add<T>(c5, v128.mul<T>(x, v128.load(b, 80)))
    c6 = v128.add<T>(c6, v128.mul<T>(x, v128.load(b, 96)))
    c7 = v128.add<T>(c7, v128.mul<T>(x, v128.load(b, 112)))
    if (idof<Width>() === idof<Wide>()) {
      if (p < 0) break
      c8 = v128.add<T>(c8, v128.mul<T>(x, v128.load(b, 128)))
      c9 = v128.add<T>(c9, v128.mul<T>(x, v128.load(b, 144)))
      c10 = v128.add<T>(c10, v128.mul<T>(x, v128.load(b, 160)))
      c11 = v128.add<T>(c11, v128.mul<T>(x, v128.load(b, 176)))
      c12 = v128.add<T>(c12, v128.mul<T>(x, v128.load(b, 192)))
    }
  }
  // What is beyond the end of C's row belongs to the next one.
  const full: usize = idof<Width>() === idof<Wide>() ? 208 : 128
  const to = bytes === full ? c : spare
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
  if (to !== c) memory.copy(c, to, bytes)
}

/** Where a row's last part is put together before as much as belongs to it is copied. */
const spare: usize = memory.data(208, 16)

/** Whether none of `count` elements, with zeros behind them to the end of a vector, is NaN or infinite. */
export function allFinite<T>(x: usize, count: i32): bool {
  const zero = v128.splat<T>(0)
  let wrong = zero
  const end = x + <usize>count * sizeof<T>()
  for (; x < end; x += 16) {
    // Only what is finite, times 0, is 0.
    wrong = v128.or(wrong, v128.ne<T>(v128.mul<T>(v128.load(x), zero), zero))
  }
  return !v128.any_true(wrong)
}
