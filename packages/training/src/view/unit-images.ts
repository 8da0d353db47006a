/** The weights of a first layer as images, one per hidden unit: the data behind the pictures of report and playground. */
import type { Tensor } from '@gosa/linalg'

/** The maximum number of units of which there are images. */
const MAX_UNITS = 100

/** The range of the colour scale in standard deviations: few weights lie outside, and it keeps the others visible. */
const RANGE_IN_DEVIATIONS = 4

/** The incoming weights of hidden units, an image each. */
export interface UnitImages {
  /** The weights of each of the first units, D pixels each. */
  readonly images: readonly Float64Array[]
  /** The number of units of the layer; there are images of at most 100. */
  readonly units: number
  /** The absolute weight at which the colour scale ends: four standard deviations of all weights about 0. */
  readonly limit: number
}

/** The columns of the first layer's weights `W (D, H)` as images of D pixels. NaN and infinity do not count for `limit`. */
export function unitImages({ data, shape: [pixels, units] }: Tensor): UnitImages {
  let [sumOfSquares, count] = [0, 0]
  for (let i = 0; i < data.length; i++) {
    if (!Number.isFinite(data[i])) continue
    sumOfSquares += data[i] * data[i]
    count++
  }
  const limit = RANGE_IN_DEVIATIONS * Math.sqrt(sumOfSquares / count) || 1
  const images = Array.from({ length: Math.min(units, MAX_UNITS) }, (_, unit) =>
    Float64Array.from({ length: pixels }, (_, pixel) => data[pixel * units + unit]),
  )
  return { images, units, limit }
}
