/**
 * Max pooling with windows of 2×2 and steps of 2: `y = max of the window`, and in `winners` its position, 0 to 3 line by line, as a
 * number of the same dtype. The first of equal pixels wins, or the first NaN. `planes` channels of `height × width` pixels.
 */
export function maxPool2<T>(x: usize, y: usize, winners: usize, planes: i32, height: i32, width: i32): void {
  const outWidth = width >> 1
  const lanes = <i32>(16 / sizeof<T>())
  const line = <usize>width * sizeof<T>()
  for (let plane = 0; plane < planes; plane++) {
    for (let oy = 0; oy < height >> 1; oy++) {
      let from = x + <usize>(2 * oy) * line
      let ox = 0
      for (; ox + lanes <= outWidth; ox += lanes, from += 32, y += 16, winners += 16) {
        const a = v128.load(from)
        const b = v128.load(from, 16)
        const c = v128.load(from + line)
        const d = v128.load(from + line, 16)
        let best = even<T>(a, b)
        let winner = v128.splat<T>(0)
        let next = odd<T>(a, b)
        let wins = isLarger<T>(next, best)
        best = v128.bitselect(next, best, wins)
        winner = v128.bitselect(v128.splat<T>(1), winner, wins)
        next = even<T>(c, d)
        wins = isLarger<T>(next, best)
        best = v128.bitselect(next, best, wins)
        winner = v128.bitselect(v128.splat<T>(2), winner, wins)
        next = odd<T>(c, d)
        wins = isLarger<T>(next, best)
        best = v128.bitselect(next, best, wins)
        winner = v128.bitselect(v128.splat<T>(3), winner, wins)
        v128.store(y, best)
        v128.store(winners, winner)
      }
      for (; ox < outWidth; ox++, from += 2 * sizeof<T>(), y += sizeof<T>(), winners += sizeof<T>()) {
        let best = load<T>(from)
        let winner = 0
        for (let i = 1; i < 4; i++) {
          const next = load<T>(from + <usize>(i >> 1) * line + <usize>(i & 1) * sizeof<T>())
          // biome-ignore lint/suspicious/noGlobalIsNan: the isNaN of AssemblyScript
          if (next <= best || isNaN(best)) continue
          best = next
          winner = i
        }
        store<T>(y, best)
        store<T>(winners, <T>winner)
      }
    }
    x += <usize>height * line
  }
}

/** The lanes of even position of two vectors. */
function even<T>(a: v128, b: v128): v128 {
  if (sizeof<T>() === 4) return v128.shuffle<f32>(a, b, 0, 2, 4, 6)
  return v128.shuffle<f64>(a, b, 0, 2)
}

/** The lanes of odd position of two vectors. */
function odd<T>(a: v128, b: v128): v128 {
  if (sizeof<T>() === 4) return v128.shuffle<f32>(a, b, 1, 3, 5, 7)
  return v128.shuffle<f64>(a, b, 1, 3)
}

/** Whether `next` wins over `best`: if it is larger or NaN, and best is no NaN. */
function isLarger<T>(next: v128, best: v128): v128 {
  return v128.andnot(v128.eq<T>(best, best), v128.le<T>(next, best))
}

/** `dx = dout` at the winner of each window, 0 elsewhere, for the windows of `maxPool2`. */
export function maxPool2Backward<T>(
  dout: usize,
  dx: usize,
  winners: usize,
  planes: i32,
  height: i32,
  width: i32,
): void {
  const outWidth = width >> 1
  const lanes = <i32>(16 / sizeof<T>())
  const line = <usize>width * sizeof<T>()
  for (let plane = 0; plane < planes; plane++) {
    for (let oy = 0; oy < height >> 1; oy++) {
      let to = dx + <usize>(2 * oy) * line
      let ox = 0
      for (; ox + lanes <= outWidth; ox += lanes, to += 32, dout += 16, winners += 16) {
        const value = v128.load(dout)
        const winner = v128.load(winners)
        const a = v128.and(value, v128.eq<T>(winner, v128.splat<T>(0)))
        const b = v128.and(value, v128.eq<T>(winner, v128.splat<T>(1)))
        const c = v128.and(value, v128.eq<T>(winner, v128.splat<T>(2)))
        const d = v128.and(value, v128.eq<T>(winner, v128.splat<T>(3)))
        v128.store(to, low<T>(a, b))
        v128.store(to, high<T>(a, b), 16)
        v128.store(to + line, low<T>(c, d))
        v128.store(to + line, high<T>(c, d), 16)
      }
      for (; ox < outWidth; ox++, to += 2 * sizeof<T>(), dout += sizeof<T>(), winners += sizeof<T>()) {
        const winner = <i32>load<T>(winners)
        for (let i = 0; i < 4; i++) {
          const at = to + <usize>(i >> 1) * line + <usize>(i & 1) * sizeof<T>()
          store<T>(at, i === winner ? load<T>(dout) : 0)
        }
      }
      // The last column that no window reaches.
      if (width & 1) {
        store<T>(to, 0)
        store<T>(to + line, 0)
      }
    }
    dx += <usize>(height & ~1) * line
    if (height & 1) {
      for (let i = 0; i < width; i++, dx += sizeof<T>()) store<T>(dx, 0)
    }
  }
}

/** The first lanes of two vectors in turns, as their pixels lie beside each other. */
function low<T>(a: v128, b: v128): v128 {
  if (sizeof<T>() === 4) return v128.shuffle<f32>(a, b, 0, 4, 1, 5)
  return v128.shuffle<f64>(a, b, 0, 2)
}

/** The last lanes of two vectors in turns. */
function high<T>(a: v128, b: v128): v128 {
  if (sizeof<T>() === 4) return v128.shuffle<f32>(a, b, 2, 6, 3, 7)
  return v128.shuffle<f64>(a, b, 1, 3)
}
