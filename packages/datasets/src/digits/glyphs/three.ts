/** The forms of the digit 3: two bows that meet in a point or fluently, or a flat top. */
import type { Jitter } from '../handwriting.ts'
import { arc, type Point } from '../pen.ts'
import { corner, type Glyph, type GlyphVariants } from './glyph.ts'

/** From the left over the top to the right and back to the waist. */
const upper = (jitter: Jitter, waist: number): Point[] => {
  const oval = { x: jitter.around(0.32, 0.04), y: waist / 2, rx: jitter.between(0.18, 0.32), ry: waist / 2 }
  return arc(oval, jitter.between(170, 240), jitter.between(410, 440))
}

/** From the waist round the lower right to the bottom and up to the left. */
const lower = (jitter: Jitter, waist: number): Point[] => {
  const half = (1 - waist) / 2
  const oval = { x: jitter.around(0.3, 0.04), y: waist + half, rx: jitter.between(0.22, 0.4), ry: half }
  return arc(oval, jitter.between(-75, -50), jitter.between(110, 185))
}

/** Both bows meet in a point that reaches more or less to the left. */
const pointed: Glyph = (jitter) => {
  const waist = jitter.around(0.46, 0.035)
  return [[...upper(jitter, waist), ...corner(jitter.between(0.1, 0.36), waist), ...lower(jitter, waist)]]
}

/** The pen turns at the waist without stopping, or in a small loop. */
const fluent: Glyph = (jitter) => {
  const waist = jitter.around(0.46, 0.035)
  const [x, size] = [jitter.between(0.18, 0.34), jitter.between(-0.01, 0.05)]
  return [
    [
      ...upper(jitter, waist),
      [x, waist + size],
      [x - 0.04, waist],
      [x + 0.02, waist - size],
      ...lower(jitter, waist),
    ],
  ]
}

/** A flat top, then a diagonal to the waist. */
const flat: Glyph = (jitter) => {
  const waist = jitter.around(0.42, 0.04)
  return [
    [
      [jitter.between(0, 0.15), jitter.around(0.04, 0.03)],
      [0.3, jitter.around(0.02, 0.02)],
      ...corner(jitter.around(0.58, 0.05), jitter.around(0.03, 0.03)),
      ...corner(jitter.between(0.18, 0.36), waist),
      ...lower(jitter, waist),
    ],
  ]
}

/** The forms of 3, with the shares of people who write them. */
export const three: GlyphVariants = [
  [0.46, pointed],
  [0.4, fluent],
  [0.14, flat],
]
