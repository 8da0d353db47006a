import type { Tensor } from '@gosa/linalg'
import type { WeightImages } from '../protocol.ts'

/** How many units are shown at most. */
const MOST = 100

/** The columns of W (D, H) as pictures of D pixels, all on one scale that ends at the largest weight. */
export function weightImages({ data, shape: [D, H] }: Tensor): WeightImages {
  const units = Math.min(H, MOST)
  let largest = 0
  for (const weight of data) largest = Math.max(largest, Math.abs(weight))
  const levels = new Uint8Array(units * D).fill(128)
  if (largest === 0 || !Number.isFinite(largest)) return { units, levels }
  for (let unit = 0; unit < units; unit++) {
    for (let i = 0; i < D; i++) levels[unit * D + i] = 128 + Math.round((127 * data[i * H + unit]) / largest)
  }
  return { units, levels }
}
