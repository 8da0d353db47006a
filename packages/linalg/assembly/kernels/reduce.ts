import { storeTail } from '../tail'

/**
 * `out[o, i] = Σ_l x[o, l, i]`, one vector of neighbouring i at a time. Each sum is in float64 and in the order of l, as in
 * `src/kernels/js/`, so the bits are the same.
 */
export function sum<T>(x: usize, out: usize, outer: i32, length: i32, inner: i32): void {
  const width = <usize>inner * sizeof<T>()
  for (let o = 0; o < outer; o++) {
    for (let offset: usize = 0; offset < width; offset += 16) {
      let low = f64x2.splat(0)
      let high = low
      let from = x + offset
      for (let l = 0; l < length; l++) {
        const value = v128.load(from)
        if (sizeof<T>() === 8) {
          low = f64x2.add(low, value)
        } else {
          low = f64x2.add(low, f64x2.promote_low_f32x4(value))
          high = f64x2.add(high, f64x2.promote_low_f32x4(v128.shuffle<f64>(value, value, 1, 1)))
        }
        from += width
      }
      if (sizeof<T>() === 4) {
        low = v128.shuffle<f64>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 2)
      }
      storeUpTo(out + offset, low, width - offset)
    }
    x += <usize>length * width
    out += width
  }
}

/** `out[o, i] = max over l of x[o, l, i]`, likewise; NaN if any of them is NaN, −∞ for a length of 0. */
export function max<T>(x: usize, out: usize, outer: i32, length: i32, inner: i32): void {
  const width = <usize>inner * sizeof<T>()
  for (let o = 0; o < outer; o++) {
    for (let offset: usize = 0; offset < width; offset += 16) {
      let largest = v128.splat<T>(<T>-Infinity)
      let from = x + offset
      for (let l = 0; l < length; l++) {
        largest = v128.max<T>(largest, v128.load(from))
        from += width
      }
      storeUpTo(out + offset, largest, width - offset)
    }
    x += <usize>length * width
    out += width
  }
}

/** Stores a vector, but at most `left` bytes of it. */
function storeUpTo(to: usize, value: v128, left: usize): void {
  if (left >= 16) v128.store(to, value)
  else storeTail(to, value, left)
}
