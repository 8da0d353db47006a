import { allocate, type DType, dtypeOf, type FloatArray } from './dtype.ts'
import { checkShape, type Shape, showShape, sizeOf } from './shape.ts'
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
 * A tensor from numbers: a number, nested arrays, or a typed array with a `shape`. Always copies.
 * The dtype is `float64`, or that of a float array given, unless the options say otherwise.
 *
 * Throws a `RangeError` where rows differ in length or the shape does not fit, a `TypeError` where an
 * element is not a number.
 */
export function tensor(
  values: NestedArray | TypedArray,
  options: { shape?: Shape; dtype?: DType } = {},
): Tensor {
  if (ArrayBuffer.isView(values)) return fromTyped(values, options)
  const shape = shapeOf(values)
  const data = allocate(sizeOf(shape), options.dtype ?? 'float64')
  fill(values, shape, data)
  const made = new Tensor(data, shape)
  return options.shape ? made.reshape(options.shape) : made
}

function fromTyped(
  values: TypedArray,
  { shape = [values.length], dtype }: { shape?: Shape; dtype?: DType },
): Tensor {
  const isFloat = values instanceof Float32Array || values instanceof Float64Array
  const data = allocate(values.length, dtype ?? (isFloat ? dtypeOf(values) : 'float64'))
  data.set(values)
  return new Tensor(data, [data.length]).reshape(shape)
}

/** The lengths along the first elements; `fill` finds out whether the others agree. */
function shapeOf(values: NestedArray): number[] {
  if (!Array.isArray(values)) return []
  return values.length === 0 ? [0] : [values.length, ...shapeOf(values[0])]
}

function fill(values: NestedArray, shape: Shape, data: FloatArray): void {
  let next = 0
  const visit = (part: NestedArray, axis: number): void => {
    if (axis === shape.length) {
      if (Array.isArray(part)) throw ragged(shape)
      if (typeof part !== 'number')
        throw new TypeError(`tensor: elements must be numbers, not ${typeof part}`)
      data[next++] = part
    } else {
      if (!Array.isArray(part) || part.length !== shape[axis]) throw ragged(shape)
      for (const inner of part) visit(inner, axis + 1)
    }
  }
  visit(values, 0)
}

const ragged = (shape: Shape): RangeError =>
  new RangeError(
    `tensor: the first elements suggest shape ${showShape(shape)}, but other rows differ in length or depth`,
  )

/** All elements equal to `value`. */
export function full(shape: Shape, value: number, { dtype = 'float64' }: { dtype?: DType } = {}): Tensor {
  checkShape(shape, 'full')
  return new Tensor(allocate(sizeOf(shape), dtype).fill(value), shape)
}

export const zeros = (shape: Shape, options?: { dtype?: DType }): Tensor => full(shape, 0, options)

export const ones = (shape: Shape, options?: { dtype?: DType }): Tensor => full(shape, 1, options)

/** The identity matrix (n, n). */
export function eye(n: number, options?: { dtype?: DType }): Tensor {
  const identity = zeros([n, n], options)
  for (let i = 0; i < n; i++) identity.data[i * n + i] = 1
  return identity
}

/** `start, start + step, …` up to, not including, `stop`; `arange(stop)` starts at 0. */
export function arange(
  start: number,
  stop?: number,
  step = 1,
  { dtype = 'float64' }: { dtype?: DType } = {},
): Tensor {
  const [from, to] = stop === undefined ? [0, start] : [start, stop]
  const count = Math.max(0, Math.ceil((to - from) / step))
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
