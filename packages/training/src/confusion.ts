/**
 * How often samples of each class were taken for each: `matrix[label][predicted]` counts them, (C, C). The diagonal
 * counts those that were right. Throws a `RangeError` for lists of different lengths and for what is no class.
 */
export function confusionMatrix(
  labels: ArrayLike<number>,
  predicted: ArrayLike<number>,
  classes: number,
): number[][] {
  if (labels.length !== predicted.length) {
    throw new RangeError(`confusionMatrix: ${labels.length} labels, but ${predicted.length} predictions`)
  }
  const matrix = Array.from({ length: classes }, () => new Array<number>(classes).fill(0))
  for (let n = 0; n < labels.length; n++) {
    const [label, guess] = [labels[n], predicted[n]]
    if (!(label in matrix && guess in matrix)) {
      throw new RangeError(
        `confusionMatrix: sample ${n} is ${label}, taken for ${guess}, of ${classes} classes`,
      )
    }
    matrix[label][guess]++
  }
  return matrix
}
