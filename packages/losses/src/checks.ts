/** The checks that all losses share: `backward` after `forward`, and scores of classes in rows. */
import { showShape, type Tensor } from '@gosa/linalg'

/** Returns what `forward` has stored. Throws an `Error` with `message` if it has not run yet. */
export function stored<T>(value: T | undefined, message: string): T {
  if (value === undefined) throw new Error(message)
  return value
}

/**
 * Throws a `RangeError` unless x is (N, C), or (C) for one sample, with at least one sample and one class. The message is
 * `<what>: <subject> shape …`, such as "softmax: logits have shape …".
 */
export function checkRows(x: Tensor, what: string, subject = 'logits have'): void {
  if ((x.rank === 1 || x.rank === 2) && x.size > 0) return
  throw new RangeError(
    `${what}: ${subject} shape ${showShape(x.shape)}, but (N, C) is needed, or (C) for one sample`,
  )
}
