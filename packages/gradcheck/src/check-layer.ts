import { type LayerLike, type NumberOrTensor, Tensor } from '@gosa/linalg'
import { checkTensor } from '@gosa/linalg/options'
import { check } from './check.ts'
import { checkCheckOptions } from './check-options.ts'
import { checkBackwardBeforeForward } from './properties/basic.ts'
import { checkIndependence } from './properties/independence.ts'
import type { PropertyCheck } from './properties/property-check.ts'
import { layerOperation, resolveInstance } from './subject/layer-or-loss.ts'
import { explainMissingInputs } from './subject/misuse.ts'
import { acceptsInputs, type Operation } from './subject/operation.ts'
import { saveState } from './subject/repeatable.ts'
import { isFloat32, toFloat64 } from './subject/values.ts'
import type { CheckOptions } from './types/options.ts'
import type { Report } from './types/report.ts'

/**
 * Checks a layer. For a random `dout`, the gradients of the inputs and weights that `backward` computes must equal the
 * numerical gradients of
 *
 *     L = Σ dout ⊙ layer.forward(inputs)
 *
 * and the layer must have the properties that `FindingName` lists. `inputs` is a tensor or a number, or an array of them for
 * a layer with several inputs. Use data in general position: random numbers, two samples or more.
 *
 * `layer` may be a function that makes layers. Then `backward` before `forward` is checked on a new one.
 *
 * The weights of the layer are perturbed in place and restored bit for bit, and so are its buffers and its random state; inputs
 * are copied. Errors that the layer throws
 * are passed on. Throws a `TypeError` if `layer` or `inputs` are of the wrong kind, a `RangeError` for invalid options.
 */
export function checkLayer(
  layer: LayerLike | (() => LayerLike),
  inputs: NumberOrTensor | readonly NumberOrTensor[],
  given?: CheckOptions,
): Report {
  const options = checkCheckOptions('checkLayer', given)
  const { instance, make } = resolveInstance('checkLayer', 'layer', layer)
  const values = Array.isArray(inputs) ? (inputs as readonly NumberOrTensor[]) : [inputs as NumberOrTensor]
  for (const value of values) checkInput(value)
  const restore = saveState(instance)
  const operation = layerOperation(instance, values, options)
  explainMissingInputs('checkLayer', {
    parameters: instance.forward.length,
    inputs: values.length + (options.train === undefined ? 0 : 1),
    run: operation.forward,
  })
  const furtherProperties: PropertyCheck = (context) => [
    ...(make ? checkBackwardBeforeForward(make(), context.douts[0]) : []),
    ...(options.independent
      ? checkIndependence(context, (n) => layerOperation(instance, rowOf(values, n), options))
      : []),
  ]
  const preciseOperation = float64Operation(instance, values, options) ?? operation
  try {
    return check({ operation, preciseOperation, furtherProperties }, options)
  } finally {
    operation.storeWeights?.()
    restore()
  }
}

/** The operation of a float64 copy; undefined if there is nothing to convert or no way to do so. */
function float64Operation(
  layer: LayerLike,
  values: readonly NumberOrTensor[],
  options: CheckOptions,
): Operation | undefined {
  const weights = (layer.parameters?.() ?? []).map(({ value }) => value)
  if (![...values, ...weights].some(isFloat32)) return undefined
  if (!layer.astype && weights.some(isFloat32)) return undefined
  const precise = layerOperation(layer.astype?.('float64') ?? layer, values.map(toFloat64), options)
  return layer.astype || acceptsInputs(precise) ? precise : undefined
}

const rowOf = (values: readonly NumberOrTensor[], n: number): NumberOrTensor[] =>
  values.map((value) => (value instanceof Tensor && value.rank > 0 ? value.rows(n, n + 1) : value))

function checkInput(value: unknown): void {
  if (value instanceof Tensor || typeof value === 'number') return
  if (ArrayBuffer.isView((value as { data?: unknown } | null)?.data))
    checkTensor('checkLayer', 'an input', value)
  throw new TypeError(
    `checkLayer: inputs must be a Tensor or a number, or an array of these, not ${value === null ? 'null' : typeof value}`,
  )
}
