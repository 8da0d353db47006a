import { Tensor } from '@gosa/linalg'
import { isCompressed } from '@gosa/linalg/kernels'
import { entryLine, type Line, restoring } from './numeric/line.ts'
import { central, fivePoint } from './numeric/methods.ts'
import { richardson } from './numeric/richardson.ts'
import { type Method, sizeOfValue, stepFor } from './numeric/step.ts'
import { whileMoved } from './numeric/while-moved.ts'

export interface NumericalGradientOptions {
  /** The step, the same for every entry (the book takes 1e-4); by default it suits dtype, method and the entry's size. */
  h?: number
  /** `'central'` by default. */
  method?: Method
}

/**
 * The gradient of `f` at `x` by differences, entry by entry, in the shape and dtype of `x`:
 *
 *     ∂f/∂xᵢ ≈ (f(x + h·eᵢ) − f(x − h·eᵢ)) / 2h
 *
 * `x` itself is changed meanwhile, one entry at a time, and put back bit by bit, also where `f` throws: so `f` may
 * either read its argument or close over what `x` belongs to, as in `numericalGradient(() => net.loss(x, t), W1)`.
 *
 * Throws a `TypeError` where `x` is no tensor of its own numbers, a `RangeError` for a step that is no positive number.
 *
 * Source: Deep Learning from Scratch, section 4.4.
 */
export function numericalGradient(
  f: (x: Tensor) => number,
  x: Tensor,
  { h, method = 'central' }: NumericalGradientOptions = {},
): Tensor {
  checkArgument(x)
  if (h !== undefined && !(h > 0 && h < Infinity)) {
    throw new RangeError(`numericalGradient: the step h must be a positive number, not ${h}`)
  }
  const slope = slopeBy(method)
  const gradient = x.clone()
  const slopeAt = (i: number) =>
    slope(entryLine(f, x, i), h ?? stepFor(method, sizeOfValue(x.data[i]), x.dtype))
  const fill = () => {
    for (let i = 0; i < x.size; i++) gradient.data[i] = restoring(x, i, () => slopeAt(i))
  }
  whileMoved(x, fill, h)
  return gradient
}

/** The formula of a method. Throws a `RangeError` for one that does not exist. */
export function slopeBy(method: Method): (line: Line, h: number) => number {
  if (method === 'central') return central
  if (method === 'five-point') return fivePoint
  if (method === 'richardson') return (line, h) => richardson(line, h).value
  throw new RangeError(
    `method ${JSON.stringify(method)} does not exist: use 'central', 'five-point' or 'richardson'`,
  )
}

function checkArgument(x: Tensor): void {
  if (!(x instanceof Tensor)) {
    throw new TypeError(
      'numericalGradient: x must be a Tensor of float64 or float32; steps of h would be lost in whole numbers, ' +
        'so make one with tensor(…)',
    )
  }
  if (isCompressed(x)) {
    throw new TypeError(
      'numericalGradient: x is compressed, and its elements must not be changed: pass x.clone()',
    )
  }
}
