import type { Tensor } from '@gosa/linalg'
import { check } from './check.ts'
import { beforeForward } from './findings/before-forward.ts'
import type { CheckOptions } from './options.ts'
import type { Finding, Report } from './report/report.ts'
import { isFloat32, toFloat64 } from './subject/float64.ts'
import { layerOperation, nameOf } from './subject/layer-operation.ts'
import type { LayerLike, LossLike } from './subject/types.ts'

/**
 * Checks a loss: the gradient of x that `backward(dout)` gives for a random number `dout` must be that of
 *
 *     L = dout · loss.forward(x, t)
 *
 * found numerically; and the loss must behave as losses do (see `FindingName`). Labels `t` are handed on as they are.
 * A function that makes losses may be given in place of one: then a fresh one is asked for `backward` before `forward`.
 *
 * Errors that the loss throws pass through. Throws a `TypeError` for what is no loss, a `RangeError` for bad options.
 */
export function checkLoss(
  loss: LossLike | (() => LossLike),
  x: Tensor,
  t: unknown,
  options: CheckOptions = {},
): Report {
  const make = typeof loss === 'function' ? loss : undefined
  const given = make ? make() : (loss as LossLike)
  if (typeof given?.forward !== 'function' || typeof given.backward !== 'function') {
    throw new TypeError(
      'checkLoss: a loss has the methods forward and backward, or is a function that makes one',
    )
  }
  const layer = given as LayerLike
  const settings = { ...options, name: options.name ?? nameOf(given, 'loss') }
  const operation = layerOperation(layer, [x], { ...settings, constants: [t] })
  const precise = isFloat32(x)
    ? layerOperation(layer, [toFloat64(x)], { ...settings, constants: [toFloat64(t)] })
    : operation
  const looks = (): Finding[] => (make ? beforeForward(make() as LayerLike, 1) : [])
  return check({ operation, precise, looks }, settings)
}
