/** How often numbers lie where. */
export interface Histogram {
  readonly min: number
  readonly max: number
  readonly count: number
  readonly sum: number
  readonly sumOfSquares: number
  /** How many lie in each of the parts, all of one width, between `min` and `max`; each has its lower end in it. */
  readonly bins: readonly number[]
}

/**
 * The histogram of numbers, `parts` bins wide; where all are equal there is one bin. Numbers that are NaN or infinite
 * are not counted. Throws a `RangeError` where none is left.
 */
export function histogram(values: ArrayLike<number>, parts = 30): Histogram {
  let [min, max, count, sum, sumOfSquares] = [Infinity, -Infinity, 0, 0, 0]
  for (let i = 0; i < values.length; i++) {
    const value = values[i]
    if (!Number.isFinite(value)) continue
    count++
    sum += value
    sumOfSquares += value * value
    if (value < min) min = value
    if (value > max) max = value
  }
  if (count === 0) throw new RangeError(`histogram: there is no finite number among ${values.length} values`)
  const bins = new Array<number>(max > min ? parts : 1).fill(0)
  const place = (value: number) => (max > min ? Math.floor(((value - min) / (max - min)) * parts) : 0)
  for (let i = 0; i < values.length; i++) {
    if (Number.isFinite(values[i])) bins[Math.min(bins.length - 1, place(values[i]))]++
  }
  return { min, max, count, sum, sumOfSquares, bins }
}
