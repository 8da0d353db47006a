import { sinCos } from '../sin-cos.ts'
import type { Point } from './curve.ts'

/** An ellipse about a point, its half axes along x and y. */
export interface Oval {
  readonly x: number
  readonly y: number
  readonly rx: number
  readonly ry: number
  /** How far it leans to the right, in its heights; 0 by default. */
  readonly lean?: number
}

/**
 * Points along an ellipse between two angles in degrees: 0 is right, 90 down, so that they grow clockwise as one sees
 * it; backwards where `to` is the smaller. Six or more a turn make a smooth curve.
 */
export function arc({ x, y, rx, ry, lean = 0 }: Oval, from: number, to: number): Point[] {
  const parts = Math.max(2, Math.ceil(Math.abs(to - from) / 45))
  return Array.from({ length: parts + 1 }, (_, i): Point => {
    const [sin, cos] = sinCos((from + ((to - from) * i) / parts) * (Math.PI / 180))
    return [x + rx * cos - lean * ry * sin, y + ry * sin]
  })
}
