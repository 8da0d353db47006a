/** Softmax, its logarithm and its denominator, of logits (N, C), or (C) for one sample; other shapes are a `RangeError`. */
import { add, exp, log, logSoftmax as logSoftmaxOf, map, max, sub, sum, type Tensor } from '@gosa/linalg'
import { checkRows } from './checks.ts'

/**
 * Returns `log Σ_c e^{x_c}` of each row: (N, 1) for logits (N, C), (1) for one sample (C). The largest logit m is taken out,
 * so that nothing overflows:
 *
 *     m + log Σ_c e^{x_c − m}
 */
export function logSumExp(logits: Tensor): Tensor {
  checkRows(logits, 'logSumExp')
  // An infinite maximum is not subtracted: ∞ − ∞ is NaN.
  const m = map(max(logits, { axis: -1, keepDims: true }), (largest) =>
    Number.isFinite(largest) ? largest : 0,
  )
  return add(m, log(sum(exp(sub(logits, m)), { axis: -1, keepDims: true })))
}

/**
 * Returns `x_c − log Σ e^x`, the logarithms of the probabilities, in the shape of the logits; exact even if a probability
 * vanishes. Computed as `(x_c − m) − log Σ e^{x − m}`, since `m + log Σ` would lose the last digits of `log Σ` for large m.
 */
export function logSoftmax(logits: Tensor): Tensor {
  return logSoftmaxFor(logits, 'logSoftmax')
}

/**
 * Returns `e^{x_c} / Σ e^x`, each row of logits as probabilities, in the shape of the logits. A logit of −∞ has probability 0;
 * a row with NaN or +∞, or of nothing but −∞, is NaN.
 *
 * Source: Deep Learning from Scratch, section 3.5.
 */
export function softmax(logits: Tensor): Tensor {
  return exp(logSoftmaxFor(logits, 'softmax'))
}

/** `logSoftmax` with errors that begin with `what`. */
export function logSoftmaxFor(logits: Tensor, what: string): Tensor {
  checkRows(logits, what)
  return logSoftmaxOf(logits)
}
