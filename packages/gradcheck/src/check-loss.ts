import type { LayerLike, LossLike, Tensor } from '@gosa/linalg'
import { check } from './check.ts'
import { checkCheckOptions } from './check-options.ts'
import { checkBackwardBeforeForward } from './properties/basic.ts'
import type { PropertyCheck } from './properties/property-check.ts'
import { classNameOf, layerOperation, resolveInstance } from './subject/layer-or-loss.ts'
import { acceptsInputs } from './subject/operation.ts'
import { isFloat32, toFloat64 } from './subject/values.ts'
import type { CheckOptions } from './types/options.ts'
import type { Report } from './types/report.ts'

/**
 * Checks a loss. For a random number `dout`, the gradient of x that `backward(dout)` computes must equal the numerical
 * gradient of
 *
 *     L = dout · loss.forward(x, t)
 *
 * and the loss must have the properties that `FindingName` lists. The labels `t` are passed on unchanged. `loss` may be a
 * function that makes losses. Then `backward` before `forward` is checked on a new one.
 *
 * Errors that the loss throws are passed on. Throws a `TypeError` if it lacks the methods of a loss, a `RangeError` for
 * invalid options.
 */
export function checkLoss(
  loss: LossLike | (() => LossLike),
  x: Tensor,
  t: unknown,
  given?: CheckOptions,
): Report {
  const options = checkCheckOptions('checkLoss', given)
  const { instance, make } = resolveInstance('checkLoss', 'loss', loss)
  const layer = instance as LayerLike
  const named = { ...options, name: options.name ?? classNameOf(instance, 'loss') }
  const operation = layerOperation(layer, [x], { ...named, constants: [t] })
  const precise =
    isFloat32(x) && layerOperation(layer, [toFloat64(x)], { ...named, constants: [toFloat64(t)] })
  const preciseOperation = precise && acceptsInputs(precise) ? precise : operation
  const furtherProperties: PropertyCheck = () =>
    make ? checkBackwardBeforeForward(make() as LayerLike, 1) : []
  try {
    return check({ operation, preciseOperation, furtherProperties }, named)
  } finally {
    operation.storeWeights?.()
  }
}
