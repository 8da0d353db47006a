import { add, exp, log, logSoftmax as logSoftmaxOf, map, max, sub, sum, type Tensor } from '@gosa/linalg'
import { checkLogits } from './check-logits.ts'

/**
 * `log Σ_c e^{x_c}` of each row: (N, C) gives (N, 1); one sample (C) gives (1). Written with the largest logit m
 * taken out, so that nothing overflows:
 *
 *     m + log Σ_c e^{x_c − m}
 */
export function logSumExp(logits: Tensor): Tensor {
  checkLogits(logits, 'logSumExp')
  // An infinite m stays in: ∞ − ∞ is not a number.
  const m = map(max(logits, { axis: -1, keepDims: true }), (largest) =>
    Number.isFinite(largest) ? largest : 0,
  )
  return add(m, log(sum(exp(sub(logits, m)), { axis: -1, keepDims: true })))
}

/**
 * `x_c − log Σ e^x`: the logarithms of the probabilities, in the shape of the logits, exact even where those vanish.
 * Computed as `(x_c − m) − log Σ e^{x − m}`, since m + log Σ would lose the last digits of log Σ where m is large.
 */
export function logSoftmax(logits: Tensor): Tensor {
  return logSoftmaxFor(logits, 'logSoftmax')
}

/**
 * `e^{x_c} / Σ e^x`: each row of logits as probabilities. Source: Deep Learning from Scratch, section 3.5.
 *
 * All of these take (N, C), or (C) for one sample, and throw a `RangeError` for other shapes.
 */
export function softmax(logits: Tensor): Tensor {
  return exp(logSoftmaxFor(logits, 'softmax'))
}

/** `logSoftmax` under the name that an error begins with. */
export function logSoftmaxFor(logits: Tensor, what: string): Tensor {
  checkLogits(logits, what)
  return logSoftmaxOf(logits)
}
