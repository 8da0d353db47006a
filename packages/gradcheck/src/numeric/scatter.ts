import type { Line } from './line.ts'
import { measuredNoise } from './measured-noise.ts'

/** How many times the scatter of f a value may be off. */
const SAFETY = 12

/**
 * How values scatter, on the noisier side. Measured at two distances, since points too near to each other may not show what
 * rounding does in between; where one says very much more than the other, there is a kink among its points, which looks
 * like noise, and the other is right.
 */
export function scatterOf(line: Line, h: number, levels: number): number {
  const side = (sign: number): number => {
    const near = measuredNoise(line, (sign * h) / 2 ** (levels / 2))
    const far = measuredNoise(line, (sign * h) / 2 ** (levels / 3))
    const [less, more] = near < far ? [near, far] : [far, near]
    // Nothing is known of a side where f is not defined.
    return (more <= KINK_LIKE * less ? more : less) || 0
  }
  return SAFETY * Math.max(side(1), side(-1))
}

const KINK_LIKE = 1e3
