import { checkTensor, showValue } from '@gosa/linalg/options'

/** Returns the samples. Throws a `TypeError` unless they are `{ x, t }`, and the model predicts. */
export function checkEvaluated<S extends { readonly x: unknown }>(
  caller: string,
  model: { predict?: unknown },
  samples: S,
): S {
  if (typeof model?.predict !== 'function') {
    throw new TypeError(
      `${caller}: model must have a method predict, as networks have; it is ${showValue(model)}`,
    )
  }
  checkTensor(caller, 'x of the samples', samples?.x)
  return samples
}
