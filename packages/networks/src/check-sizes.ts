/** Throws a `RangeError` unless there are two sizes or more, all whole numbers from 1 up. */
export function checkSizes(sizes: readonly number[]): void {
  if (
    Array.isArray(sizes) &&
    sizes.length >= 2 &&
    sizes.every((size) => Number.isInteger(size) && size >= 1)
  ) {
    return
  }
  throw new RangeError(
    `MultiLayerNet: sizes must be two or more whole numbers from 1 up, such as [784, 128, 10], not ${JSON.stringify(sizes)}`,
  )
}
