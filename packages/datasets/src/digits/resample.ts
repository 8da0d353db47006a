interface Size {
  readonly height: number
  readonly width: number
}

/** A part of an image whose rows are `stride` pixels long. */
interface Part extends Size {
  readonly top: number
  readonly left: number
  readonly stride: number
}

/** A part of an image in another size, larger or smaller: each new pixel is the mean of what it covers. */
export function resample(image: ArrayLike<number>, part: Part, { height, width }: Size): Float64Array {
  const { top, left, stride } = part
  const columns = coverage(part.width, width)
  // First along the rows, then down the columns: a mean over a rectangle is a mean of means.
  const rows = new Float64Array(part.height * width)
  for (let y = 0; y < part.height; y++) {
    for (let x = 0; x < width; x++) {
      rows[y * width + x] = mean(columns[x], (i) => image[(top + y) * stride + left + i])
    }
  }
  const result = new Float64Array(height * width)
  for (const [y, covered] of coverage(part.height, height).entries()) {
    for (let x = 0; x < width; x++) result[y * width + x] = mean(covered, (i) => rows[i * width + x])
  }
  return result
}

/** For each of `to` new pixels in a row, which of the `from` old ones it covers, from where to where in their measure. */
const coverage = (from: number, to: number): [start: number, end: number][] =>
  Array.from({ length: to }, (_, i) => [(i * from) / to, ((i + 1) * from) / to])

function mean([start, end]: [number, number], value: (i: number) => number): number {
  let sum = 0
  for (let i = Math.floor(start); i < end; i++) sum += value(i) * (Math.min(end, i + 1) - Math.max(start, i))
  return sum / (end - start)
}
