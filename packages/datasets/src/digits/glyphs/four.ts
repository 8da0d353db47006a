/** The forms of the digit 4: open at the top, closed, or written without lifting the pen. */
import type { Jitter } from '../handwriting.ts'
import type { Point } from '../pen.ts'
import { corner, type Glyph, type GlyphVariants } from './glyph.ts'

const stem = (jitter: Jitter, top: number): Point[] => {
  const x = jitter.around(0.56, 0.05)
  return [
    [x, top],
    [x + jitter.around(0, 0.02), jitter.around(0.5, 0.05)],
    [x + jitter.around(-0.01, 0.035), 1],
  ]
}

/** Open at the top: an L, more or less round, and the stem across. */
const open: Glyph = (jitter) => {
  const bar = jitter.between(0.42, 0.68)
  const left = jitter.around(0.08, 0.04)
  const turn: Point[] = jitter.chance(0.55)
    ? corner(left, bar)
    : [
        [left, bar - 0.06],
        [left + 0.06, bar],
      ]
  const top = jitter.around(0.04, 0.05)
  return [
    [
      [left + jitter.around(0.06, 0.05), top],
      [left + jitter.around(0.03, 0.02), (bar + top) / 2],
      ...turn,
      [0.4, bar + jitter.around(0, 0.02)],
      [jitter.between(0.56, 0.9), bar + jitter.around(-0.02, 0.04)],
    ],
    stem(jitter, jitter.between(-0.1, 0.2)),
  ]
}

/** A triangle on a stem. */
const closed: Glyph = (jitter) => {
  const bar = jitter.between(0.5, 0.72)
  const top = jitter.around(0.02, 0.02)
  return [
    [
      [jitter.around(0.54, 0.04), top],
      ...corner(jitter.around(0.03, 0.03), bar),
      [0.4, bar + jitter.around(0, 0.02)],
      [jitter.between(0.6, 0.95), bar + jitter.around(-0.01, 0.03)],
    ],
    stem(jitter, top),
  ]
}

/** Without lifting the pen: down, across, up to the top of the stem, down again. */
const unlifted: Glyph = (jitter) => {
  const bar = jitter.between(0.42, 0.64)
  const [left, right] = [jitter.around(0.08, 0.04), jitter.around(0.54, 0.05)]
  return [
    [
      [left + jitter.around(0.06, 0.05), jitter.around(0.06, 0.05)],
      [left, bar - 0.15],
      [left + jitter.around(0.1, 0.04), bar],
      [right - 0.12, bar - jitter.around(0.06, 0.03)],
      ...corner(right + jitter.around(0.06, 0.03), jitter.around(0.08, 0.08)),
      ...stem(jitter, 0).slice(1),
    ],
  ]
}

/** The forms of 4, with the shares of people who write them. */
export const four: GlyphVariants = [
  [0.84, open],
  [0.1, closed],
  [0.06, unlifted],
]
