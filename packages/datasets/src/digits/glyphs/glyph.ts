/** What the ten digits' files in this folder have in common. */
import type { Jitter } from '../handwriting.ts'
import type { Point } from '../pen.ts'

/**
 * One form of a digit: strokes, each as the points that its curve runs through, in a box about 0.8 wide and 1 high, y
 * downwards. A point given twice in a row is a corner.
 */
export type Glyph = (jitter: Jitter) => Point[][]

/** The forms of a digit, each with the share of people who write it so. */
export type GlyphVariants = readonly (readonly [share: number, glyph: Glyph])[]

/** A corner of a stroke. */
export const corner = (x: number, y: number): [Point, Point] => {
  const point: Point = [x, y]
  return [point, point]
}
