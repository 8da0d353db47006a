/** The forms of the digit 1: a stem, with a flag or with flag and foot. */
import type { Jitter } from '../handwriting.ts'
import type { Point } from '../pen.ts'
import { corner, type Glyph, type GlyphVariants } from './glyph.ts'

/** The stem, slightly bent. */
const stem = (jitter: Jitter): Point[] => [
  [0.4, 0],
  [jitter.around(0.4, 0.025), jitter.around(0.5, 0.1)],
  [0.4, 1],
]

const foot = (jitter: Jitter): Point[] => [
  [jitter.between(0.05, 0.25), jitter.around(1, 0.02)],
  [0.4, jitter.around(1, 0.02)],
  [jitter.between(0.55, 0.8), jitter.around(0.99, 0.02)],
]

const plain: Glyph = (jitter) => [stem(jitter)]

const flagged: Glyph = (jitter) => [
  [[jitter.between(0.12, 0.33), jitter.between(0.1, 0.3)], ...corner(0.4, 0), ...stem(jitter).slice(1)],
]

const footed: Glyph = (jitter) => [...flagged(jitter), foot(jitter)]

/** The forms of 1, with the shares of people who write them. */
export const one: GlyphVariants = [
  [0.78, plain],
  [0.1, flagged],
  [0.12, footed],
]
