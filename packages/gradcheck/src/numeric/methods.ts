import type { Line } from './line.ts'

/**
 * The slope at t = 0 by central differences, wrong by a multiple of h²:
 *
 *     (f(h) − f(−h)) / 2h
 */
export function central(line: Line, h: number): number {
  const up = line.at(h)
  const right = line.moved
  const down = line.at(-h)
  return (up - down) / (right - line.moved)
}

/**
 * The slope at t = 0 from four points, wrong by a multiple of h⁴:
 *
 *     (f(−2h) − 8·f(−h) + 8·f(h) − f(2h)) / 12h
 */
export const fivePoint = (line: Line, h: number): number => (4 * central(line, h) - central(line, 2 * h)) / 3
