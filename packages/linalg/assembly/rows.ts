import { multiplyList } from './list'

/**
 * The product row by row: for `A` that is mostly zeros, as images are, and for `A` of a few rows. Each row of `A` is
 * first squeezed to a list of its nonzero elements (see `list.ts`).
 */

/**
 * `C = A·B` or `C += A·B` like `multiply`, with `B` (k, n) as it is, row-major without gaps. Unless `skipZeros`, zeros are multiplied too. `room` is for one squeezed
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
  for (let i = 0; i < m; i++) {
    const count = squeeze<T>(a, k, room, places, skipZeros)
    multiplyList<T>(room, places, count, b, c, n, accumulate)
    a += <usize>k * sizeof<T>()
    c += <usize>n * sizeof<T>()
  }
}

/**
 * The elements of `a` that are not 0, one after the other, and their places, in integers of the same size; answers how many. A vector at a time: `patterns` moves its nonzero lanes to the front, all of it is
 * written, and the next overwrites the rest.
 */
function squeeze<T>(a: usize, k: i32, values: usize, places: usize, skipZeros: bool): i32 {
  const start = values
  const end = a + <usize>k * sizeof<T>()
  const keep: i32 = skipZeros ? 0 : 15
  let place = sizeof<T>() === 4 ? i32x4(0, 1, 2, 3) : i64x2(0, 1)
  const step = sizeof<T>() === 4 ? i32x4.splat(4) : i64x2.splat(2)
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
