/** Tensors as images for heat maps. */
import type { Tensor } from '@gosa/linalg'

/** A tensor as one image or several side by side, in the form that `paintImages` takes. */
export interface TensorImage {
  /** 128 for 0, and 1 or 255 for the largest absolute value. */
  readonly levels: Uint8Array
  readonly width: number
  readonly height: number
  readonly perRow: number
}

/** The side of MNIST's images, in pixels. */
const SIDE = 28
/** The number of images, or of values of a vector, in a row. */
const PER_ROW = 10

/**
 * 784 values are an image of 28 × 28; weights (784, H) are an image for each of H units, ten in a row; a vector has ten
 * values in a row if its length permits; anything else is a matrix, the last axis to the right.
 */
export function tensorImage({ data, shape, size }: Tensor): TensorImage {
  const last = shape[shape.length - 1]
  if (shape.length === 2 && shape[0] === SIDE * SIDE) {
    const byUnit = Float64Array.from(
      { length: size },
      (_, i) => data[(i % shape[0]) * last + Math.floor(i / shape[0])],
    )
    return { levels: toLevels(byUnit), width: SIDE, height: SIDE, perRow: PER_ROW }
  }
  const levels = toLevels(data)
  if (size === SIDE * SIDE) return { levels, width: SIDE, height: SIDE, perRow: 1 }
  const width = size === last && size % PER_ROW === 0 ? PER_ROW : last
  return { levels, width, height: size / width, perRow: 1 }
}

/** Values relative to the largest absolute value; NaN and infinity are shown as 0. */
function toLevels(data: ArrayLike<number>): Uint8Array {
  let largest = 0
  for (let i = 0; i < data.length; i++)
    if (Number.isFinite(data[i])) largest = Math.max(largest, Math.abs(data[i]))
  return Uint8Array.from(data, (x) =>
    largest === 0 || !Number.isFinite(x) ? 128 : 128 + Math.round((127 * x) / largest),
  )
}
