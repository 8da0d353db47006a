const HALF_PI = Math.PI / 2

/**
 * Returns `[sin θ, cos θ]` to about 1e-15, for |θ| up to a few thousand: Taylor series on a quarter turn, computed by +, −,
 * × and rounding to integers alone. These give the same bits in every engine; `Math.sin` and `Math.cos` do not.
 */
export function sinCos(theta: number): [sin: number, cos: number] {
  const quarterTurns = Math.round(theta / HALF_PI)
  const t = theta - quarterTurns * HALF_PI
  const tt = t * t
  let sin = 0
  let cos = 0
  for (let k = 20; k >= 2; k -= 2) {
    sin = ((sin + 1) * -tt) / (k * (k + 1))
    cos = ((cos + 1) * -tt) / (k * (k - 1))
  }
  const [s, c] = [t * (1 + sin), 1 + cos]
  const quadrant = ((quarterTurns % 4) + 4) % 4
  if (quadrant === 0) return [s, c]
  if (quadrant === 1) return [c, -s]
  return quadrant === 2 ? [-s, -c] : [-c, s]
}
