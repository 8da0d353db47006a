/** Functions that create tensors: from numbers, of equal elements, sequences, and random numbers. */
import { checkNumber, checkOptions, showValue } from '../check-options.ts'
import { checkRng, type Rng } from './rng.ts'
import {
  allocate,
  checkDtype,
  checkShape,
  type DType,
  dtypeOf,
  type FloatArray,
  type Shape,
  showShape,
  sizeOf,
} from './shape.ts'
import { type NestedArray, reshape, Tensor } from './tensor.ts'

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
export function tensor(values: NestedArray | TypedArray, options?: { shape?: Shape; dtype?: DType }): Tensor {
  const { shape, dtype } = checkOptions('tensor', options, ['shape', 'dtype'])
  if (dtype !== undefined) checkDtype(dtype, 'tensor')
  const created = ArrayBuffer.isView(values) ? fromTypedArray(values, dtype) : fromNested(values, dtype)
  return shape === undefined ? created : reshape('tensor', created, shape)
}

function fromTypedArray(values: TypedArray, dtype?: DType): Tensor {
  if (typeof (values[0] ?? 0) !== 'number' || values.length === undefined) {
    throw new TypeError(`tensor: elements must be numbers, not those of ${showValue(values)}`)
  }
  const isFloat = values instanceof Float32Array || values instanceof Float64Array
  const data = allocate(values.length, dtype ?? (isFloat ? dtypeOf(values) : 'float64'))
  data.set(values)
  return new Tensor(data, [data.length])
}

function fromNested(values: NestedArray, dtype: DType = 'float64'): Tensor {
  const shape = shapeOfFirst(values)
  const data = allocate(sizeOf(shape), dtype)
  copyNested(values, shape, data)
  return new Tensor(data, shape)
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
        throw new TypeError(`tensor: elements must be numbers, not ${showValue(part)}`)
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
export const full = (shape: Shape, value: number, options?: { dtype?: DType }): Tensor =>
  filled('full', shape, value, options)

/** Returns a tensor of zeros; float64 by default. */
export const zeros = (shape: Shape, options?: { dtype?: DType }): Tensor => filled('zeros', shape, 0, options)

/** Returns a tensor of ones; float64 by default. */
export const ones = (shape: Shape, options?: { dtype?: DType }): Tensor => filled('ones', shape, 1, options)

function filled(caller: string, shape: Shape, value: number, options?: { dtype?: DType }): Tensor {
  const { dtype = 'float64' } = checkOptions(caller, options, ['dtype'])
  checkShape(shape, caller)
  checkNumber(caller, 'value', value)
  return new Tensor(allocate(sizeOf(shape), checkDtype(dtype, caller)).fill(value), shape)
}

/** Returns the identity matrix (n, n); float64 by default. */
export function eye(n: number, options?: { dtype?: DType }): Tensor {
  const identity = filled('eye', [n, n], 0, options)
  for (let i = 0; i < n; i++) identity.data[i * n + i] = 1
  return identity
}

/**
 * Returns `start, start + step, …` up to, not including, `stop`; `arange(stop)` starts at 0. Throws a `RangeError` if the
 * sequence is infinite.
 */
export function arange(start: number, stop?: number, step = 1, options?: { dtype?: DType }): Tensor {
  const { dtype = 'float64' } = checkOptions('arange', options, ['dtype'])
  for (const [name, value] of Object.entries({ start, stop: stop === undefined ? 0 : stop, step }))
    checkNumber('arange', name, value)
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
    allocate(count, checkDtype(dtype, 'arange')).map((_, i) => from + i * step),
    [count],
  )
}

/** Returns normally distributed elements, drawn in row-major order: `mean + std·rng.normal()`. */
export function randomNormal(
  shape: Shape,
  options: { mean?: number; std?: number; rng: Rng; dtype?: DType },
): Tensor {
  const known = ['mean', 'std', 'rng', 'dtype'] as const
  const { mean = 0, std = 1, rng, dtype } = checkOptions('randomNormal', options, known)
  return draw('randomNormal', shape, { rng, dtype, mean, std }, () => mean + std * rng.normal())
}

/** Returns uniformly distributed elements from `low` up to, not including, `high`, drawn in row-major order. */
export function randomUniform(
  shape: Shape,
  options: { low?: number; high?: number; rng: Rng; dtype?: DType },
): Tensor {
  const known = ['low', 'high', 'rng', 'dtype'] as const
  const { low = 0, high = 1, rng, dtype } = checkOptions('randomUniform', options, known)
  const round = dtype === 'float32' ? Math.fround : (value: number) => value
  return draw('randomUniform', shape, { rng, dtype, low, high }, () => {
    let value = round(low + (high - low) * rng.uniform())
    // Rounding can reach the end; another draw does not, if the start itself is below.
    while (value >= high && round(low) < high) value = round(low + (high - low) * rng.uniform())
    return value
  })
}

function draw(
  caller: string,
  shape: Shape,
  { rng, dtype = 'float64', ...numbers }: { rng: Rng; dtype?: DType; [parameter: string]: unknown },
  next: () => number,
): Tensor {
  checkShape(shape, caller)
  checkRng(caller, rng)
  for (const [name, value] of Object.entries(numbers)) checkNumber(caller, name, value)
  const data = allocate(sizeOf(shape), checkDtype(dtype, caller))
  for (let i = 0; i < data.length; i++) data[i] = next()
  return new Tensor(data, shape)
}
