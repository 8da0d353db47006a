/** The checks that all losses share: `backward` after `forward`, `dout` a number, and scores of classes in rows. */
import { showShape, type Tensor } from '@gosa/linalg'
import { checkTensor, showValue } from '@gosa/linalg/options'

/** Returns what `forward` has stored. Throws an `Error` with `message` if it has not run yet. */
export function stored<T>(value: T | undefined, message: string): T {
  if (value === undefined) throw new Error(message)
  return value
}

/** Throws a `TypeError` unless `dout` is a number, as the loss is. */
export function checkDout(dout: number, loss: string): void {
  if (typeof dout === 'number') return
  throw new TypeError(`${loss}: dout must be a number, as the loss is, not ${showValue(dout)}`)
}

/**
 * Throws a `TypeError` unless x is a tensor, and a `RangeError` unless it is (N, C), or (C) for one sample, with at least one
 * sample and one class. The message is `<what>: <subject> shape …`, such as "softmax: logits have shape …".
 */
export function checkRows(x: Tensor, what: string, subject = 'logits have'): void {
  checkTensor(what, subject.split(' ')[0], x)
  if ((x.rank === 1 || x.rank === 2) && x.size > 0) return
  throw new RangeError(
    `${what}: ${subject} shape ${showShape(x.shape)}, but (N, C) is needed, or (C) for one sample`,
  )
}
