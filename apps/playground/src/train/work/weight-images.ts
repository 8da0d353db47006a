import type { Tensor } from '@gosa/linalg'
import type { WeightImages } from '../protocol.ts'

/** How many units are shown at most. */
const MOST = 100

/** Where the scale ends, in deviations: few weights lie beyond, and without them the others would hardly be seen. */
const END = 4

/** The columns of W (D, H) as pictures of D pixels, all on one scale. */
export function weightImages({ data, shape: [D, H] }: Tensor): WeightImages {
  const units = Math.min(H, MOST)
  let squares = 0
  for (const weight of data) squares += weight * weight
  const end = END * Math.sqrt(squares / data.length)
  const levels = new Uint8Array(units * D).fill(128)
  if (end === 0 || !Number.isFinite(end)) return { units, levels }
  for (let unit = 0; unit < units; unit++) {
    for (let i = 0; i < D; i++)
      levels[unit * D + i] = 128 + Math.round(127 * Math.max(-1, Math.min(1, data[i * H + unit] / end)))
  }
  return { units, levels }
}
