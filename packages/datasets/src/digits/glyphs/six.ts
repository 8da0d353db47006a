/** The forms of the digit 6: with a bowed or a straight stem. */
import type { Jitter } from '../handwriting.ts'
import { arc, type Point } from '../pen.ts'
import type { Glyph, GlyphVariants } from './glyph.ts'

/** Round the left and the bottom, where the curve is widest, up the right and over the top, inwards to the stem again. */
const loop = (jitter: Jitter): Point[] => {
  const [rx, ry] = [jitter.between(0.16, 0.32), jitter.between(0.15, 0.29)]
  const x = jitter.between(0.34, 0.46)
  const left = jitter.between(0.26, 0.46)
  return [
    ...arc({ x, y: 1 - left, rx: x - 0.1, ry: left }, jitter.between(165, 185), 105),
    ...arc({ x, y: 1 - ry, rx, ry, lean: jitter.between(0, 0.7) }, 70, jitter.between(-110, -60)),
    [jitter.between(0.1, 0.3), 1 - ry * jitter.between(0.4, 1.4)],
  ]
}

/** Down the left in a bow and round into the loop. */
const bowed: Glyph = (jitter) => [
  [[jitter.between(0.25, 0.75), 0], [jitter.between(0.14, 0.36), jitter.around(0.3, 0.05)], ...loop(jitter)],
]

/** The stem is nearly straight. */
const straight: Glyph = (jitter) => {
  const top = jitter.between(0.2, 0.6)
  return [[[top, 0], [(top + 0.1) / 2, 0.35], ...loop(jitter)]]
}

/** The forms of 6, with the shares of people who write them. */
export const six: GlyphVariants = [
  [0.85, bowed],
  [0.15, straight],
]
