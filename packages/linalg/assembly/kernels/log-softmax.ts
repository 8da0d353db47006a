import { exp } from '../exp'
import { log } from '../log'

/**
 * `out[r, c] = (x[r, c] − m) − log Σ_c e^{x[r, c] − m}` with m the maximum of row r, in float64, rounded once. `out` may
 * be `x`.
 */
export function logSoftmax<T>(x: usize, out: usize, rows: i32, columns: i32): void {
  for (let row = 0; row < rows; row++) {
    const m = maximum<T>(x, columns)
    const logSum = f64x2.extract_lane(log(f64x2.splat(sumOfPowers<T>(x, columns, m))), 0)
    for (let c = 0; c < columns; c++) {
      store<T>(out, <T>(<f64>load<T>(x) - m - logSum))
      x += sizeof<T>()
      out += sizeof<T>()
    }
  }
}

/** Returns what is subtracted from a row so that nothing overflows: its maximum. If it is infinite, ∞ − ∞ makes all of the row NaN. */
function maximum<T>(x: usize, columns: i32): f64 {
  let m: f64 = -Infinity
  for (let c = 0; c < columns; c++) m = max<f64>(m, <f64>load<T>(x + <usize>c * sizeof<T>()))
  return m
}

/** `Σ_c e^{x_c − m}`, two at a time, with separate sums for even and odd c. */
function sumOfPowers<T>(x: usize, columns: i32, m: f64): f64 {
  let sums = f64x2.splat(0)
  for (let c = 0; c < columns; c += 2) {
    const pair = sizeof<T>() === 8 ? v128.load(x) : f64x2.promote_low_f32x4(v128.load64_zero(x))
    let shifted = f64x2.sub(pair, f64x2.splat(m))
    // Beyond the end of an odd number of columns lies the next row, or nothing.
    if (c + 1 === columns) shifted = f64x2.replace_lane(shifted, 1, -Infinity)
    sums = f64x2.add(sums, exp(shifted))
    x += 2 * sizeof<T>()
  }
  return f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1)
}
