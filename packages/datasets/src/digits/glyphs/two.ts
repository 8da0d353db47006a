/** The forms of the digit 2: with a sharp, looped or round turn at the left end of its base, or like a z. */
import type { Jitter } from '../handwriting.ts'
import { arc, type Point } from '../pen.ts'
import { corner, type Glyph, type GlyphVariants } from './glyph.ts'

/** From the left over the top and round to the right, down to where the diagonal leaves. */
const hook = (jitter: Jitter): Point[] => {
  const height = jitter.between(0.14, 0.28)
  const oval = { x: 0.38, y: height, rx: jitter.between(0.16, 0.34), ry: height }
  return [
    ...arc(oval, jitter.between(150, 230), jitter.between(375, 415)),
    [jitter.around(0.44, 0.05), jitter.around(0.62, 0.04)],
  ]
}

/** The base line, from the left to its end. */
const base = (jitter: Jitter, y: number): Point[] => [
  [jitter.around(0.42, 0.05), y + jitter.around(-0.04, 0.03)],
  [jitter.between(0.62, 1.1), y + jitter.around(-0.02, 0.06)],
]

const sharp: Glyph = (jitter) => {
  const bottom = jitter.around(0.95, 0.03)
  return [[...hook(jitter), ...corner(jitter.around(0.08, 0.05), bottom), ...base(jitter, bottom)]]
}

/** The stroke turns in a loop at the left end of the base. */
const looped: Glyph = (jitter) => {
  const size = jitter.between(0.08, 0.22)
  const oval = { x: jitter.around(0.16, 0.04), y: 0.97 - size, rx: size * jitter.between(1, 1.9), ry: size }
  return [
    [...hook(jitter), ...arc(oval, 50, jitter.between(270, 330)), ...base(jitter, jitter.around(0.97, 0.04))],
  ]
}

/** The turn at the left end is round, without a loop. */
const round: Glyph = (jitter) => {
  const bottom = jitter.around(0.95, 0.03)
  return [
    [
      ...hook(jitter),
      [jitter.around(0.15, 0.05), bottom - 0.12],
      [jitter.around(0.12, 0.05), bottom],
      ...base(jitter, bottom),
    ],
  ]
}

/** Like a z: a flat top and sharp corners. */
const zigzag: Glyph = (jitter) => {
  const [top, bottom] = [jitter.around(0.06, 0.03), jitter.around(0.95, 0.03)]
  return [
    [
      [jitter.between(0.02, 0.2), jitter.around(0.1, 0.04)],
      [0.4, top - 0.03],
      [jitter.around(0.62, 0.05), top],
      [jitter.around(0.62, 0.05), jitter.around(0.2, 0.05)],
      ...corner(jitter.around(0.08, 0.05), bottom),
      ...base(jitter, bottom),
    ],
  ]
}

/** The forms of 2, with the shares of people who write them. */
export const two: GlyphVariants = [
  [0.3, sharp],
  [0.45, looped],
  [0.1, round],
  [0.15, zigzag],
]
