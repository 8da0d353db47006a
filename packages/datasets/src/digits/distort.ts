import type { Path, Point } from './curve.ts'
import type { Habits } from './habits.ts'
import type { Hand } from './hand.ts'

/**
 * Gives all strokes of a digit the same distortion: broader or narrower, slanted, turned a little, and bent by a smooth
 * random displacement (polynomials of degree 2 and 3 in x and y), which is what makes it elastic.
 */
export function distort(
  paths: readonly Path[],
  hand: Hand,
  { breadth, lean, turn, bend }: Habits,
): Point[][] {
  const broad = hand.between(...breadth)
  const leaning = hand.about(...lean)
  const turned = hand.about(0, turn)
  const bends = Array.from({ length: 12 }, () => hand.about(0, bend))
  return paths.map((path) =>
    path.map(([px, py]): Point => {
      const [u, v] = [px - 0.4, py - 0.5]
      const [uu, vv, uv] = [u * u, v * v, u * v]
      const x =
        broad *
        (u +
          bends[0] * vv +
          bends[1] * uv +
          bends[2] * uu +
          2 * (bends[3] * v * vv + bends[4] * u * vv + bends[5] * v * uu))
      const y =
        v +
        bends[6] * uu +
        bends[7] * uv +
        bends[8] * vv +
        2 * (bends[9] * v * vv + bends[10] * u * vv + bends[11] * v * uu)
      const leaned = x - leaning * y
      return [leaned - turned * y, y + turned * leaned]
    }),
  )
}
