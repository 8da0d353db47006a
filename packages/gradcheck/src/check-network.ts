import type { NetworkLike } from '@gosa/linalg'
import { check } from './check.ts'
import { checkCheckOptions } from './check-options.ts'
import { refuseClass } from './subject/misuse.ts'
import { networkOperation } from './subject/network.ts'
import { saveState } from './subject/repeatable.ts'
import { isFloat32, toFloat64 } from './subject/values.ts'
import type { CheckOptions } from './types/options.ts'
import type { Report } from './types/report.ts'

/**
 * Checks a network. The gradients of the weights that `gradient(x, t)` computes must equal the numerical gradients of
 * `loss(x, t)`, and the network must have the properties that `FindingName` lists.
 *
 * The weights are perturbed in place and restored bit for bit; of a float32 network with `astype`, those of a float64 copy.
 * A network with `buffers()` or a `randomState` is checked in training, by `loss(x, t, { train: true })`, with the same state in
 * each pass, and keeps that state.
 *
 * Errors that the network throws are passed on. Throws a `TypeError` if it lacks the methods of a network or does not expose
 * its weights, a `RangeError` for invalid options.
 */
export function checkNetwork(network: NetworkLike, x: unknown, t: unknown, given?: CheckOptions): Report {
  const options = checkCheckOptions('checkNetwork', given)
  refuseClass('checkNetwork', 'network', network)
  if (typeof network?.loss !== 'function' || typeof network.gradient !== 'function') {
    throw new TypeError('checkNetwork: expected a network with the methods loss(x, t) and gradient(x, t)')
  }
  const operation = networkOperation(network, x, t, options.name)
  const hasFloat32 = operation.variables.some(({ value }) => isFloat32(value))
  const preciseOperation =
    hasFloat32 && network.astype
      ? networkOperation(network.astype('float64'), toFloat64(x), toFloat64(t), operation.name)
      : operation
  const restore = saveState(network)
  try {
    return check({ operation, preciseOperation }, options)
  } finally {
    restore()
  }
}
