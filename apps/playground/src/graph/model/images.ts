import type { Tensor } from '@gosa/linalg'

/** A tensor for the eye: one picture, or several side by side, as `paintImages` takes them. */
export interface Images {
  /** 128 for 0, down to 1 for the largest value below it, up to 255 for the largest above. */
  readonly levels: Uint8Array
  readonly width: number
  readonly height: number
  readonly perRow: number
}

const SIDE = 28
const ACROSS = 10

/**
 * Pixels as the image that they are; the weights of pixels as an image for each unit, ten in a row; units ten in a row as well;
 * anything else as a matrix, the last axis to the right.
 */
export function imagesOf({ data, shape, size }: Tensor): Images {
  const last = shape[shape.length - 1]
  if (shape.length === 2 && shape[0] === SIDE * SIDE) {
    const byUnit = Float64Array.from(
      { length: size },
      (_, i) => data[(i % shape[0]) * last + Math.floor(i / shape[0])],
    )
    return { levels: levelsOf(byUnit), width: SIDE, height: SIDE, perRow: ACROSS }
  }
  const levels = levelsOf(data)
  if (size === SIDE * SIDE) return { levels, width: SIDE, height: SIDE, perRow: 1 }
  const width = size === last && size % ACROSS === 0 ? ACROSS : last
  return { levels, width, height: size / width, perRow: 1 }
}

/** Shares of the largest absolute value; what is not finite is shown as 0. */
function levelsOf(data: ArrayLike<number>): Uint8Array {
  let largest = 0
  for (let i = 0; i < data.length; i++)
    if (Number.isFinite(data[i])) largest = Math.max(largest, Math.abs(data[i]))
  return Uint8Array.from(data, (x) =>
    largest === 0 || !Number.isFinite(x) ? 128 : 128 + Math.round((127 * x) / largest),
  )
}
