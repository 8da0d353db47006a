/**
 * The natural logarithm, two float64 at a time: `x = 2ᵏ·(1 + f)` with 1 + f between √½ and √2, then
 * `log x = k·ln 2 + log(1 + f)`.
 *
 * `log(1 + f)` is the approximation of fdlibm's `e_log.c` (Sun Microsystems, 1993, freely usable) in `s = f/(2 + f)`; the
 * error is below one unit in the last place (measured: 0.8). −∞ at 0, NaN below.
 */
export function log(x: v128): v128 {
  const tiny = f64x2.lt(x, f64x2.splat(2.2250738585072014e-308))
  const normal = v128.bitselect(f64x2.mul(x, f64x2.splat(18014398509481984)), x, tiny)
  // Adding the distance from √½ to 1 makes the exponent change at √2, where 1 + f jumps to √½.
  const bits = i64x2.add(normal, i64x2.splat(0x00095f62_00000000))
  const mantissa = i64x2.add(
    v128.and(bits, i64x2.splat(0x000fffff_ffffffff)),
    i64x2.splat(0x3fe6a09e_00000000),
  )
  const f = f64x2.sub(mantissa, f64x2.splat(1))
  const k = f64x2.sub(exponent(bits), v128.and(f64x2.splat(54), tiny))
  const result = f64x2.add(
    f64x2.add(
      f64x2.sub(f64x2.add(logSeries(f), f64x2.mul(k, f64x2.splat(1.9082149292705877e-10))), halfSquare(f)),
      f,
    ),
    f64x2.mul(k, f64x2.splat(0.6931471803691238)),
  )
  const isRegular = v128.and(f64x2.gt(x, f64x2.splat(0)), f64x2.lt(x, f64x2.splat(Infinity)))
  return v128.bitselect(result, special(x), isRegular)
}

/** Returns the exponent in the bits as a number: its bits are placed into the mantissa of 2⁵², which is then subtracted. */
function exponent(bits: v128): v128 {
  const shifted = v128.or(i64x2.shr_u(bits, 52), i64x2.splat(0x43300000_00000000))
  return f64x2.sub(shifted, f64x2.splat(4503599627371519))
}

function halfSquare(f: v128): v128 {
  return f64x2.mul(f64x2.mul(f64x2.splat(0.5), f), f)
}

/** `s·(f²/2 + R)`, which added to `f − f²/2` is log(1 + f); R is fdlibm's polynomial in s². */
function logSeries(f: v128): v128 {
  const s = f64x2.div(f, f64x2.add(f64x2.splat(2), f))
  const z = f64x2.mul(s, s)
  const w = f64x2.mul(z, z)
  let even = f64x2.mul(w, f64x2.splat(0.15313837699209373))
  even = f64x2.mul(w, f64x2.add(even, f64x2.splat(0.22222198432149784)))
  even = f64x2.mul(w, f64x2.add(even, f64x2.splat(0.3999999999940942)))
  let odd = f64x2.mul(w, f64x2.splat(0.14798198605116586))
  odd = f64x2.mul(w, f64x2.add(odd, f64x2.splat(0.1818357216161805)))
  odd = f64x2.mul(w, f64x2.add(odd, f64x2.splat(0.2857142874366239)))
  odd = f64x2.mul(z, f64x2.add(odd, f64x2.splat(0.6666666666666735)))
  return f64x2.mul(s, f64x2.add(halfSquare(f), f64x2.add(odd, even)))
}

/** Returns the logarithm of 0, negative numbers, infinity and NaN. */
function special(x: v128): v128 {
  const negative = v128.bitselect(f64x2.splat(NaN), x, f64x2.lt(x, f64x2.splat(0)))
  return v128.bitselect(f64x2.splat(-Infinity), negative, f64x2.eq(x, f64x2.splat(0)))
}
