/** Functions that create tensors: from numbers, of equal elements, sequences, and random numbers. */

import type { Rng } from './rng.ts'
import {
  allocate,
  checkShape,
  type DType,
  dtypeOf,
  type FloatArray,
  type Shape,
  showShape,
  sizeOf,
} from './shape.ts'
import { type NestedArray, Tensor } from './tensor.ts'

type TypedArray =
  | FloatArray
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array

/**
 * Returns a tensor of the given numbers: a number, nested arrays, or a typed array with a `shape`. Always copies. The
 * dtype is `float64`, or that of a float array given, unless the options say otherwise.
 *
 * Throws a `RangeError` if rows differ in length or the shape does not fit, a `TypeError` if an element is not a number.
 */
export function tensor(
  values: NestedArray | TypedArray,
  options: { shape?: Shape; dtype?: DType } = {},
): Tensor {
  if (ArrayBuffer.isView(values)) return fromTypedArray(values, options)
  const shape = shapeOfFirst(values)
  const data = allocate(sizeOf(shape), options.dtype ?? 'float64')
  copyNested(values, shape, data)
  const created = new Tensor(data, shape)
  return options.shape ? created.reshape(options.shape) : created
}

function fromTypedArray(
  values: TypedArray,
  { shape = [values.length], dtype }: { shape?: Shape; dtype?: DType },
): Tensor {
  const isFloat = values instanceof Float32Array || values instanceof Float64Array
  const data = allocate(values.length, dtype ?? (isFloat ? dtypeOf(values) : 'float64'))
  data.set(values)
  return new Tensor(data, [data.length]).reshape(shape)
}

/** Returns the shape that the first element of each level suggests; `copyNested` checks the others against it. */
function shapeOfFirst(values: NestedArray): number[] {
  if (!Array.isArray(values)) return []
  return values.length === 0 ? [0] : [values.length, ...shapeOfFirst(values[0])]
}

function copyNested(values: NestedArray, shape: Shape, data: FloatArray): void {
  let next = 0
  const visit = (part: NestedArray, axis: number): void => {
    if (axis === shape.length) {
      if (Array.isArray(part)) throw raggedError(shape)
      if (typeof part !== 'number') {
        throw new TypeError(`tensor: elements must be numbers, not ${typeof part}`)
      }
      data[next++] = part
    } else {
      if (!Array.isArray(part) || part.length !== shape[axis]) throw raggedError(shape)
      for (const inner of part) visit(inner, axis + 1)
    }
  }
  visit(values, 0)
}

const raggedError = (shape: Shape): RangeError =>
  new RangeError(
    `tensor: the first elements suggest shape ${showShape(shape)}, but other rows differ in length or depth`,
  )

/** Returns a tensor whose elements are all `value`; float64 by default. */
export function full(shape: Shape, value: number, { dtype = 'float64' }: { dtype?: DType } = {}): Tensor {
  checkShape(shape, 'full')
  return new Tensor(allocate(sizeOf(shape), dtype).fill(value), shape)
}

/** Returns a tensor of zeros; float64 by default. */
export const zeros = (shape: Shape, options?: { dtype?: DType }): Tensor => full(shape, 0, options)

/** Returns a tensor of ones; float64 by default. */
export const ones = (shape: Shape, options?: { dtype?: DType }): Tensor => full(shape, 1, options)

/** Returns the identity matrix (n, n); float64 by default. */
export function eye(n: number, options?: { dtype?: DType }): Tensor {
  const identity = zeros([n, n], options)
  for (let i = 0; i < n; i++) identity.data[i * n + i] = 1
  return identity
}

/**
 * Returns `start, start + step, …` up to, not including, `stop`; `arange(stop)` starts at 0. Throws a `RangeError` if the
 * sequence is infinite.
 */
export function arange(
  start: number,
  stop?: number,
  step = 1,
  { dtype = 'float64' }: { dtype?: DType } = {},
): Tensor {
  const [from, to] = stop === undefined ? [0, start] : [start, stop]
  const steps = (to - from) / step
  // Rounding must not add a last element that is `stop` itself, as in (1.3 − 1) / 0.1 = 3.0000000000000004.
  const nearest = Math.round(steps)
  const rounding = (4 * Number.EPSILON * (Math.abs(from) + Math.abs(to))) / Math.abs(step)
  const count = Math.max(0, Math.abs(steps - nearest) <= rounding ? nearest : Math.ceil(steps))
  if (!Number.isFinite(count)) {
    throw new RangeError(
      `arange: from ${from} to ${to} by ${step} never ends; give finite numbers and a step that is not 0`,
    )
  }
  return new Tensor(
    allocate(count, dtype).map((_, i) => from + i * step),
    [count],
  )
}

/** Returns normally distributed elements, drawn in row-major order: `mean + std·rng.normal()`. */
export function randomNormal(
  shape: Shape,
  { mean = 0, std = 1, rng, dtype }: { mean?: number; std?: number; rng: Rng; dtype?: DType },
): Tensor {
  return draw(shape, 'randomNormal', rng, dtype, () => mean + std * rng.normal())
}

/** Returns uniformly distributed elements from `low` up to, not including, `high`, drawn in row-major order. */
export function randomUniform(
  shape: Shape,
  { low = 0, high = 1, rng, dtype }: { low?: number; high?: number; rng: Rng; dtype?: DType },
): Tensor {
  const round = dtype === 'float32' ? Math.fround : (value: number) => value
  return draw(shape, 'randomUniform', rng, dtype, () => {
    let value = round(low + (high - low) * rng.uniform())
    // Rounding can reach the end; another draw does not, if the start itself is below.
    while (value >= high && round(low) < high) value = round(low + (high - low) * rng.uniform())
    return value
  })
}

function draw(
  shape: Shape,
  operation: string,
  rng: Rng,
  dtype: DType = 'float64',
  next: () => number,
): Tensor {
  checkShape(shape, operation)
  if (!rng) throw new TypeError(`${operation}: pass a generator: { rng: createRng(seed) }`)
  const data = allocate(sizeOf(shape), dtype)
  for (let i = 0; i < data.length; i++) data[i] = next()
  return new Tensor(data, shape)
}
