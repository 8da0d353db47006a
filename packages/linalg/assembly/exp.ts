/**
 * The exponential, two float64 at a time: `x = n·ln 2 + r` with an integer n and |r| ≤ ln 2 / 2, then
 * `eˣ = 2ⁿ·eʳ = 2ⁿ·(1 + r + tail)`.
 *
 * The tail is the rational approximation of fdlibm's `e_exp.c` (Sun Microsystems, 1993, freely usable); the error is below
 * one unit in the last place (measured: 0.75). All engines round additions, products and quotients alike, so the bits are
 * the same everywhere.
 */
export function exp(x: v128): v128 {
  // Beyond these bounds the result is infinite or 0; NaN passes through.
  const bounded = f64x2.pmax(f64x2.pmin(x, f64x2.splat(710)), f64x2.splat(-746))
  const n = exponent(bounded)
  const r = remainder(bounded, n)
  const one = f64x2.splat(1)
  const start = f64x2.add(one, r)
  // The rounding error of 1 + r.
  const lost = f64x2.add(f64x2.sub(one, start), r)
  const fraction = f64x2.add(start, f64x2.add(tail(bounded, n, r), lost))
  // Two factors, since 2ⁿ alone may overflow or underflow although the result does not.
  const half = f64x2.nearest(f64x2.mul(n, f64x2.splat(0.5)))
  return f64x2.mul(f64x2.mul(fraction, powerOfTwo(half)), powerOfTwo(f64x2.sub(n, half)))
}

/** `eˣ − 1` without cancellation, for x from 0 to 700: `2ⁿ·(r + tail) + (2ⁿ − 1)`. */
export function expMinusOne(x: v128): v128 {
  const n = exponent(x)
  const r = remainder(x, n)
  const power = powerOfTwo(n)
  const fractionMinusOne = f64x2.add(r, tail(x, n, r))
  return f64x2.add(f64x2.mul(power, fractionMinusOne), f64x2.sub(power, f64x2.splat(1)))
}

/** Returns the integer nearest to `x / ln 2`. */
function exponent(x: v128): v128 {
  return f64x2.nearest(f64x2.mul(x, f64x2.splat(Math.LOG2E)))
}

/** `r = x − n·ln 2`, rounded, with ln 2 in two parts; the first difference is exact. */
function remainder(x: v128, n: v128): v128 {
  return f64x2.sub(minusHighPart(x, n), lowPart(n))
}

function minusHighPart(x: v128, n: v128): v128 {
  return f64x2.sub(x, f64x2.mul(n, f64x2.splat(0.6931471803691238)))
}

function lowPart(n: v128): v128 {
  return f64x2.mul(n, f64x2.splat(1.9082149292705877e-10))
}

/** `eʳ − 1 − r`, plus the rounding error of r. */
function tail(x: v128, n: v128, r: v128): v128 {
  const square = f64x2.mul(r, r)
  let series = f64x2.mul(square, f64x2.splat(4.1381367970572385e-8))
  series = f64x2.mul(square, f64x2.add(series, f64x2.splat(-1.6533902205465252e-6)))
  series = f64x2.mul(square, f64x2.add(series, f64x2.splat(6.613756321437934e-5)))
  series = f64x2.mul(square, f64x2.add(series, f64x2.splat(-0.0027777777777015593)))
  series = f64x2.mul(square, f64x2.add(series, f64x2.splat(0.16666666666666602)))
  const c = f64x2.sub(r, series)
  const quotient = f64x2.div(f64x2.mul(r, c), f64x2.sub(f64x2.splat(2), c))
  const lost = f64x2.sub(f64x2.sub(minusHighPart(x, n), r), lowPart(n))
  return f64x2.add(quotient, lost)
}

/** `2ⁿ` for integers n from −1022 to 1023, built from its bits: adding 1.5·2⁵² leaves n in the lowest ones. */
function powerOfTwo(n: v128): v128 {
  const bits = f64x2.add(n, f64x2.splat(6755399441055744))
  return i64x2.shl(i64x2.add(bits, i64x2.splat(1023)), 52)
}
