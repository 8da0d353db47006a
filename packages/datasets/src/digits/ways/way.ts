import type { Point } from '../curve.ts'
import type { Hand } from '../hand.ts'

/**
 * One way of writing a digit: strokes, each as the points that its curve runs through, in a box about 0.8 wide and 1
 * high, y downwards. A point given twice in a row is a corner.
 */
export type Way = (hand: Hand) => Point[][]

/** A corner of a stroke. */
export const corner = (x: number, y: number): [Point, Point] => {
  const point: Point = [x, y]
  return [point, point]
}
