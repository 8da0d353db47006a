/** The forms of the digit 8: one stroke like an S, or two rings. */
import { arc, type Point } from '../pen.ts'
import type { Glyph, GlyphVariants } from './glyph.ts'

/**
 * An S from the top right, then straight up through the waist to where it began, or not quite. Its bows are as high as
 * the halves, or lower, with diagonals between them.
 */
const snake: Glyph = (jitter) => {
  const tall = [jitter.between(0.13, 0.26), jitter.between(0.13, 0.26)]
  const top = {
    x: 0.41,
    y: tall[0],
    rx: jitter.between(0.13, 0.28),
    ry: tall[0],
    lean: jitter.between(0, 0.6),
  }
  const bottom = {
    x: jitter.around(0.32, 0.04),
    y: 1 - tall[1],
    rx: jitter.between(0.09, 0.23),
    ry: tall[1],
    lean: jitter.between(0, 0.7),
  }
  const start = jitter.between(-80, 5)
  const end: Point[] = [
    [top.x + top.rx * jitter.around(1, 0.2), top.y + top.ry * jitter.around(0.4, 0.3)],
    [top.x + top.rx * jitter.around(1, 0.3), top.y - top.ry * jitter.between(0, 1)],
  ]
  return [
    [
      ...arc(top, start, jitter.between(-215, -180)),
      ...arc(bottom, jitter.between(-30, 10), jitter.between(175, 210)),
      ...end,
    ],
  ]
}

/** A ring on a ring. */
const rings: Glyph = (jitter) => {
  const waist = jitter.around(0.47, 0.04)
  const top = { x: jitter.around(0.36, 0.03), y: waist / 2, rx: jitter.between(0.14, 0.26), ry: waist / 2 }
  const bottom = { x: 0.36, y: (1 + waist) / 2, rx: jitter.between(0.18, 0.32), ry: (1 - waist) / 2 }
  const [start, begin] = [jitter.between(30, 120), jitter.between(-120, -60)]
  return [arc(top, start, start + jitter.around(365, 12)), arc(bottom, begin, begin + jitter.around(365, 12))]
}

/** The forms of 8, with the shares of people who write them. */
export const eight: GlyphVariants = [
  [0.82, snake],
  [0.18, rings],
]
