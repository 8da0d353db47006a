/** Numbers in rows: an image, or weights seen as one. */
export interface Plane {
  readonly height: number
  readonly width: number
  readonly values: ArrayLike<number>
}

/** A plane of at most `most` rows and columns: each number the mean of a block of the larger one. */
export function shrink(plane: Plane, most: number): Plane {
  const each = Math.ceil(Math.max(plane.height, plane.width) / most)
  if (each <= 1) return plane
  const [height, width] = [plane.height, plane.width].map((length) => Math.ceil(length / each))
  const sums = new Float64Array(height * width)
  const counts = new Float64Array(height * width)
  for (let y = 0; y < plane.height; y++) {
    for (let x = 0; x < plane.width; x++) {
      const at = Math.floor(y / each) * width + Math.floor(x / each)
      sums[at] += plane.values[y * plane.width + x]
      counts[at]++
    }
  }
  return { height, width, values: sums.map((sum, i) => sum / counts[i]) }
}
