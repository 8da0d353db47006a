/** The forms of the digit 9: with a straight stem, a hooked one, or one that the loop runs into. */
import type { Jitter } from '../handwriting.ts'
import { arc, type Point } from '../pen.ts'
import { corner, type Glyph, type GlyphVariants } from './glyph.ts'

/** From the upper right over the top, round the left and the bottom back to the right; more or less closed. */
const loop = (jitter: Jitter): Point[] => {
  const height = jitter.between(0.15, 0.34)
  const oval = { x: 0.3, y: height, rx: jitter.between(0.16, 0.32), ry: height, lean: jitter.between(0, 0.5) }
  const start = jitter.between(-75, 5)
  return arc(oval, start, jitter.between(-375, -310))
}

/** The loop, a turn up to the right, then the stem down. */
const stemmed: Glyph = (jitter) => {
  const points = loop(jitter)
  const right = points[0][0] + jitter.between(0, 0.08)
  const foot = jitter.between(0.25, 0.65)
  return [
    [
      ...points,
      ...corner(Math.max(right, 0.5), jitter.around(0.12, 0.06)),
      [(Math.max(right, 0.5) + foot) / 2 + jitter.around(0.03, 0.03), jitter.around(0.55, 0.05)],
      [foot, 1],
    ],
  ]
}

/** The stem bends to the left at its foot. */
const hooked: Glyph = (jitter) => {
  const right = jitter.around(0.56, 0.04)
  return [
    [
      ...loop(jitter),
      ...corner(right, jitter.around(0.14, 0.06)),
      [right + jitter.around(0, 0.03), jitter.around(0.6, 0.05)],
      [jitter.around(0.4, 0.06), jitter.around(0.96, 0.03)],
      [jitter.between(0.05, 0.28), jitter.around(0.93, 0.06)],
    ],
  ]
}

/** The loop runs on into the stem without a corner, as the pen was not turned. */
const swung: Glyph = (jitter) => {
  const height = jitter.between(0.16, 0.33)
  const oval = { x: 0.32, y: height, rx: jitter.between(0.18, 0.3), ry: height, lean: jitter.between(0, 0.5) }
  const foot = jitter.between(0.2, 0.55)
  return [
    [...arc(oval, jitter.between(0, 60), 360 + jitter.between(-10, 15)), [(0.56 + foot) / 2, 0.6], [foot, 1]],
  ]
}

/** The forms of 9, with the shares of people who write them. */
export const nine: GlyphVariants = [
  [0.58, stemmed],
  [0.16, hooked],
  [0.26, swung],
]
