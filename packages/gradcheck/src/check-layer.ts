import { Tensor } from '@gosa/linalg'
import { check } from './check.ts'
import { beforeForward } from './findings/before-forward.ts'
import type { Context } from './findings/context.ts'
import { independence } from './findings/independence.ts'
import type { CheckOptions } from './options.ts'
import type { Finding, Report } from './report/report.ts'
import { isFloat32, toFloat64 } from './subject/float64.ts'
import { layerOperation } from './subject/layer-operation.ts'
import type { LayerLike, Value } from './subject/types.ts'

/**
 * Checks a layer: for a random `dout`, the gradients that `backward` gives of every input and weight must be those of
 *
 *     L = Σ dout ⊙ layer.forward(inputs)
 *
 * found numerically; and the layer must behave as layers do (see `FindingName`). `inputs` is a tensor or a number, or an
 * array of them for a layer that takes several. Data in general position tell most: random numbers, two samples or more.
 *
 * A function that makes layers may be given in place of one: then a fresh one is asked for `backward` before `forward`.
 * The layer's weights are moved while it runs and put back bit for bit; inputs are copied.
 *
 * Errors that the layer throws pass through. Throws a `TypeError` for what is no layer, a `RangeError` for bad options.
 */
export function checkLayer(
  layer: LayerLike | (() => LayerLike),
  inputs: Value | readonly Value[],
  options: CheckOptions = {},
): Report {
  const make = typeof layer === 'function' ? layer : undefined
  const given = make ? make() : (layer as LayerLike)
  if (typeof given?.forward !== 'function' || typeof given.backward !== 'function') {
    throw new TypeError(
      'checkLayer: a layer has the methods forward and backward, or is a function that makes one',
    )
  }
  const values = Array.isArray(inputs) ? (inputs as readonly Value[]) : [inputs as Value]
  for (const value of values) checkValue(value)
  const operation = layerOperation(given, values, options)
  const looks = (context: Context): Finding[] => [
    ...(make ? beforeForward(make(), context.douts[0]) : []),
    ...(options.independent ? independence(context, rowOf(given, values, options)) : []),
  ]
  return check({ operation, precise: preciseOf(given, values, options) ?? operation, looks }, options)
}

/** The operation on a float64 copy, where one is needed and can be had. */
function preciseOf(layer: LayerLike, values: readonly Value[], options: CheckOptions) {
  const weights = (layer.parameters?.() ?? []).map(({ value }) => value)
  if (![...values, ...weights].some(isFloat32)) return undefined
  if (!layer.astype && weights.some(isFloat32)) return undefined
  return layerOperation(layer.astype?.('float64') ?? layer, values.map(toFloat64), options)
}

const rowOf = (layer: LayerLike, values: readonly Value[], options: CheckOptions) => (n: number) => {
  const row = values.map((value) =>
    value instanceof Tensor && value.rank > 0 ? value.rows(n, n + 1) : value,
  )
  return layerOperation(layer, row, options)
}

function checkValue(value: unknown): void {
  if (value instanceof Tensor || typeof value === 'number') return
  throw new TypeError(
    `checkLayer: inputs must be a Tensor or a number, or an array of these, not ${value === null ? 'null' : typeof value}`,
  )
}
