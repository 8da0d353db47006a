/** The forms of the digit 7: plain or with a bar. */
import type { Jitter } from '../handwriting.ts'
import type { Point } from '../pen.ts'
import { corner, type Glyph, type GlyphVariants } from './glyph.ts'

/** Top and stem; with a tick at the left end of the top, or without. */
const body = (jitter: Jitter): Point[] => {
  const top = jitter.around(0.07, 0.04)
  const right = jitter.around(0.6, 0.05)
  const start: Point[] = jitter.chance(0.3)
    ? [
        [jitter.around(0.03, 0.03), top + jitter.between(0.08, 0.34)],
        ...corner(jitter.around(0.06, 0.03), top),
      ]
    : [[jitter.around(0.05, 0.05), top + jitter.around(0.04, 0.045)]]
  const turn: Point[] = jitter.chance(0.7)
    ? corner(right, jitter.around(0.05, 0.03))
    : [
        [right - 0.06, jitter.around(0.05, 0.02)],
        [right, jitter.around(0.14, 0.03)],
      ]
  const foot = jitter.between(0.15, 0.5)
  return [
    ...start,
    [0.32, top + jitter.around(-0.015, 0.03)],
    ...turn,
    [(right + foot) / 2 + jitter.around(-0.02, 0.04), jitter.around(0.5, 0.05)],
    [foot, 1],
  ]
}

const plain: Glyph = (jitter) => [body(jitter)]

const barred: Glyph = (jitter) => {
  const y = jitter.around(0.5, 0.05)
  return [
    body(jitter),
    [
      [jitter.between(0.08, 0.28), y + jitter.around(0.02, 0.03)],
      [jitter.between(0.5, 0.75), y + jitter.around(-0.02, 0.03)],
    ],
  ]
}

/** The forms of 7, with the shares of people who write them. */
export const seven: GlyphVariants = [
  [0.84, plain],
  [0.16, barred],
]
