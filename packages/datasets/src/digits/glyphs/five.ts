/** The forms of the digit 5: with a cornered neck, a separate hat, or curved like an S. */
import type { Jitter } from '../handwriting.ts'
import { arc, type Point } from '../pen.ts'
import { corner, type Glyph, type GlyphVariants } from './glyph.ts'

/** From the neck round the right to the bottom and up to the left. */
const bowl = (jitter: Jitter, neck: number): Point[] => {
  const half = (1 - neck) / 2
  const oval = { x: jitter.around(0.3, 0.05), y: neck + half, rx: jitter.between(0.2, 0.38), ry: half }
  return arc(oval, jitter.between(-95, -35), jitter.between(90, 175))
}

/** Where the hat ends, to the right. */
const brim = (jitter: Jitter): Point => [jitter.between(0.5, 1.1), jitter.around(0, 0.06)]

/** One stroke: hat from the right, corner, neck, bowl. */
const cornered: Glyph = (jitter) => {
  const neck = jitter.between(0.33, 0.54)
  const left = jitter.around(0.18, 0.04)
  return [
    [
      brim(jitter),
      ...corner(left + jitter.around(0.03, 0.03), jitter.around(0.05, 0.03)),
      ...corner(left, neck),
      ...bowl(jitter, neck - 0.04),
    ],
  ]
}

/** Neck and bowl first, then the hat, which may not touch. */
const hatted: Glyph = (jitter) => {
  const neck = jitter.between(0.35, 0.54)
  const left = jitter.around(0.18, 0.04)
  const top = jitter.around(0.08, 0.04)
  return [
    [[left + jitter.around(0.03, 0.03), top], ...corner(left, neck), ...bowl(jitter, neck - 0.04)],
    [
      [left + jitter.around(0.05, 0.05), top + jitter.around(-0.02, 0.03)],
      [0.45, jitter.around(0.03, 0.02)],
      brim(jitter),
    ],
  ]
}

/** Without corners, like an S. */
const curved: Glyph = (jitter) => {
  const neck = jitter.between(0.4, 0.55)
  const left = jitter.around(0.2, 0.04)
  return [
    [
      brim(jitter),
      [jitter.around(0.4, 0.04), jitter.around(0.04, 0.03)],
      [left, neck * jitter.around(0.45, 0.08)],
      [left + jitter.around(0.05, 0.04), neck - 0.04],
      ...bowl(jitter, neck - 0.05).slice(1),
    ],
  ]
}

/** The forms of 5, with the shares of people who write them. */
export const five: GlyphVariants = [
  [0.35, cornered],
  [0.4, hatted],
  [0.25, curved],
]
