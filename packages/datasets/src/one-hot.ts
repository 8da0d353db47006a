import { type DType, type Tensor, zeros } from '@gosa/linalg'
import { checkWhole } from './check.ts'

/**
 * Class indices as probabilities: (N) gives (N, classes), a row of zeros with a 1 at the label.
 *
 * Throws a `RangeError` for a label that is none of the classes.
 */
export function oneHot(
  labels: Uint8Array | Int32Array,
  classes: number,
  { dtype = 'float32' }: { dtype?: DType } = {},
): Tensor {
  checkWhole('oneHot: classes', classes, 1)
  const rows = zeros([labels.length, classes], { dtype })
  labels.forEach((label, n) => {
    if (label < 0 || label >= classes) {
      throw new RangeError(`oneHot: label ${label} of sample ${n} is none of the ${classes} classes`)
    }
    rows.data[n * classes + label] = 1
  })
  return rows
}
