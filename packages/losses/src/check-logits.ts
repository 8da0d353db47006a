import { showShape, type Tensor } from '@gosa/linalg'

/** Throws a `RangeError` unless the logits are (N, C), or (C) for one sample, with at least one of each. */
export function checkLogits(logits: Tensor, what: string): void {
  if ((logits.rank === 1 || logits.rank === 2) && logits.size > 0) return
  throw new RangeError(
    `${what}: logits have shape ${showShape(logits.shape)}, but (N, C) is needed, or (C) for one sample`,
  )
}
