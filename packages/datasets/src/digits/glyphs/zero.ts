/** The forms of the digit 0: a closed ring, one whose end crosses it, or one bound by a loop. */
import { arc } from '../pen.ts'
import type { Glyph, GlyphVariants } from './glyph.ts'

/** A ring, begun anywhere from the left over the top to the right; open by a gap, or written a little beyond its start. */
const ring: Glyph = (jitter) => {
  const start = jitter.between(-200, 20)
  const sweep = jitter.around(372, 24)
  const oval = { x: 0.4, y: 0.5, rx: jitter.between(0.22, 0.54), ry: 0.5 }
  return [arc(oval, start, start - sweep)]
}

/** The end of the stroke runs on into the ring, or across it. */
const tailed: Glyph = (jitter) => {
  const [points] = ring(jitter)
  return [[...points, [jitter.around(0.4, 0.1), jitter.around(0.3, 0.1)]]]
}

/** The end of the stroke is bound to its start by a small loop at the top. */
const bound: Glyph = (jitter) => {
  const [points] = ring(jitter)
  const [x, y] = points[points.length - 1]
  return [
    [
      ...points,
      [x - 0.08, y + jitter.around(0.02, 0.03)],
      [x + 0.02, y - jitter.between(0.04, 0.12)],
      [jitter.between(0.5, 0.75), y + jitter.around(-0.05, 0.05)],
    ],
  ]
}

/** The forms of 0, with the shares of people who write them. */
export const zero: GlyphVariants = [
  [0.86, ring],
  [0.08, tailed],
  [0.06, bound],
]
