import { check } from './check.ts'
import type { CheckOptions } from './options.ts'
import type { Report } from './report/report.ts'
import { isFloat32, toFloat64 } from './subject/float64.ts'
import { networkOperation } from './subject/network-operation.ts'
import type { NetworkLike } from './subject/types.ts'

/**
 * Checks a network: the gradients that `gradient(x, t)` gives of every weight must be those of `loss(x, t)`, found
 * numerically; and the network must behave as networks do (see `FindingName`).
 *
 * Its weights are moved while it runs and put back bit for bit; of a float32 network with `astype`, those of a copy.
 * Errors that the network throws pass through. Throws a `TypeError` for what is no network, a `RangeError` for bad options.
 */
export function checkNetwork(
  network: NetworkLike,
  x: unknown,
  t: unknown,
  options: CheckOptions = {},
): Report {
  if (typeof network?.loss !== 'function' || typeof network.gradient !== 'function') {
    throw new TypeError('checkNetwork: a network has the methods loss(x, t) and gradient(x, t)')
  }
  const operation = networkOperation(network, x, t, options.name)
  const coarse = operation.variables.some(({ value }) => isFloat32(value))
  const precise =
    coarse && network.astype
      ? networkOperation(network.astype('float64'), toFloat64(x), toFloat64(t), operation.name)
      : operation
  return check({ operation, precise }, options)
}
