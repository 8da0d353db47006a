/** The standard normal distribution, by operations whose bits are the same on every engine. */
import { exp, scale, square, type Tensor } from '@gosa/linalg'

/** Beyond this, the continued fraction of the tail; within it, the series around 0. */
const TAIL_START = 3

/** Levels of the continued fraction: more do not change a bit at `TAIL_START`, and the tail converges faster further out. */
const TAIL_LEVELS = 40

/** `1/√(2π)`. */
const DENSITY_AT_0 = 0.3989422804014327

/**
 * Returns the density `φ(x) = e^{−x²/2}/√(2π)` and the distribution function `Φ(x) = ∫_{−∞}^{x} φ` of each element, in
 * float64.
 *
 * Source: Abramowitz, Stegun, "Handbook of mathematical functions", 26.2.1, 26.2.11 (series), 26.2.14 (tail).
 */
export function standardNormal(x: Tensor): { density: Float64Array; distribution: Float64Array } {
  const values = x.astype('float64')
  const density = scale(exp(scale(square(values), -0.5)), DENSITY_AT_0).data as Float64Array
  const distribution = new Float64Array(x.size)
  for (let i = 0; i < distribution.length; i++) distribution[i] = distributionAt(values.data[i], density[i])
  return { density, distribution }
}

function distributionAt(x: number, density: number): number {
  if (Number.isNaN(x)) return x
  if (x < -TAIL_START) return density * tail(-x)
  if (x > TAIL_START) return 1 - density * tail(x)
  return 0.5 + density * series(x)
}

/** `(Φ(x) − ½)/φ(x) = x + x³/3 + x⁵/(3·5) + x⁷/(3·5·7) + …`, until a term changes nothing. */
function series(x: number): number {
  let [sum, term] = [0, x]
  for (let n = 3; sum + term !== sum; n += 2) {
    sum += term
    term *= (x * x) / n
  }
  return sum
}

/** `(1 − Φ(x))/φ(x) = 1/(x + 1/(x + 2/(x + 3/(x + …))))`. */
function tail(x: number): number {
  let fraction = x
  for (let n = TAIL_LEVELS; n > 0; n--) fraction = x + n / fraction
  return 1 / fraction
}
