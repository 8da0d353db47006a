const HALF_PI = Math.PI / 2

/**
 * `[sin θ, cos θ]` to about 1e-15 by +, −, × and rounding to whole numbers alone, which every engine does alike
 * (`Math.sin` and `Math.cos` differ): Taylor's series on a quarter turn. For |θ| up to a few thousand.
 */
export function sinCos(theta: number): [sin: number, cos: number] {
  const quarter = Math.round(theta / HALF_PI)
  const t = theta - quarter * HALF_PI
  const tt = t * t
  let sin = 0
  let cos = 0
  for (let k = 20; k >= 2; k -= 2) {
    sin = ((sin + 1) * -tt) / (k * (k + 1))
    cos = ((cos + 1) * -tt) / (k * (k - 1))
  }
  const [s, c] = [t * (1 + sin), 1 + cos]
  const turn = ((quarter % 4) + 4) % 4
  if (turn === 0) return [s, c]
  if (turn === 1) return [c, -s]
  return turn === 2 ? [-s, -c] : [-c, s]
}
