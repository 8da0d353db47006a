/** `Tensor`: the n-dimensional array that everything computes with. */
import { looksLikeTensor, showValue } from '../check-options.ts'
import {
  allocate,
  checkArray,
  checkDtype,
  checkShape,
  type DType,
  dtypeOf,
  type FloatArray,
  type Shape,
  sameShape,
  showShape,
  sizeOf,
} from './shape.ts'

/** Numbers in nested arrays, one level for each axis. */
export type NestedArray = number | NestedArray[]

/** Copies a tensor's elements to another array of the same kind and length, and makes that array its `data`. */
export let rebindElements: (tensor: Tensor, to: FloatArray) => void

/**
 * An n-dimensional array of numbers: a typed array and the lengths of its axes, row-major and contiguous (the last index
 * varies fastest). It is garbage-collected like any array; there is no `dispose`.
 *
 * `reshape`, `row` and `rows` return views that share the elements; everything else copies.
 */
export class Tensor {
  /** Bundlers give classes that refer to themselves other names, which `console.log` would show. */
  static readonly name = 'Tensor'
  readonly shape: Shape
  #data: FloatArray

  static {
    rebindElements = (tensor, to) => {
      to.set(tensor.#data)
      tensor.#data = to
    }
  }

  /**
   * Wraps `data` without copying it. Throws a `RangeError` if its length is not the size of the shape, a `TypeError` if it
   * is not a `Float32Array` or `Float64Array`.
   */
  constructor(data: FloatArray, shape: Shape) {
    if (!(data instanceof Float32Array || data instanceof Float64Array)) {
      throw new TypeError(
        `Tensor: data must be a Float32Array or a Float64Array, not ${showValue(data)}; tensor(…) converts other kinds`,
      )
    }
    checkShape(shape, 'Tensor')
    if (data.length !== sizeOf(shape)) {
      throw new RangeError(
        `Tensor: shape ${showShape(shape)} holds ${sizeOf(shape)} elements, but ${data.length} were given`,
      )
    }
    this.#data = data
    this.shape = Object.freeze(shape.slice())
  }

  /** The elements in row-major order: the array itself, not a copy. */
  get data(): FloatArray {
    return this.#data
  }

  /** The element type. */
  get dtype(): DType {
    return dtypeOf(this.#data)
  }

  /** The number of elements. */
  get size(): number {
    return this.#data.length
  }

  /** The number of axes. */
  get rank(): number {
    return this.shape.length
  }

  /**
   * Returns the same elements in another shape, as a view; one length may be −1 and is inferred. Returns the tensor
   * itself if it already has that shape. Throws a `RangeError` if the sizes differ, a `TypeError` if the shape is no array.
   */
  reshape(shape: Shape): Tensor {
    return reshape('reshape', this, shape)
  }

  /** Returns a copy. */
  clone(): Tensor {
    return new Tensor(this.data.slice(), this.shape)
  }

  /** Returns a copy in the given dtype; float64 to float32 rounds to nearest. Throws a `TypeError` for an unknown dtype. */
  astype(dtype: DType): Tensor {
    const data = allocate(this.size, checkDtype(dtype, 'astype'))
    data.set(this.data)
    return new Tensor(data, this.shape)
  }

  /** Returns the elements as nested arrays; a number for a scalar. */
  toArray(): NestedArray {
    const nest = (axis: number, offset: number): NestedArray => {
      if (axis === this.rank) return this.data[offset]
      const step = sizeOf(this.shape.slice(axis + 1))
      return Array.from({ length: this.shape[axis] }, (_, i) => nest(axis + 1, offset + i * step))
    }
    return nest(0, 0)
  }

  /** Returns the same for `JSON.stringify`; `tensor(JSON.parse(text), { dtype })` reads it. */
  toJSON(): NestedArray {
    return this.toArray()
  }

  /** Returns what `console.log` shows in Node: the same as `toString`. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString()
  }

  /** Returns one element: `x.at(i, j)`. Negative indices count from the end. Throws a `RangeError` for an index outside. */
  at(...index: number[]): number {
    if (index.length !== this.rank) {
      throw new RangeError(`at: ${index.length} indices given for shape ${showShape(this.shape)}`)
    }
    let offset = 0
    for (let axis = 0; axis < this.rank; axis++) {
      const [length, given] = [this.shape[axis], index[axis]]
      const i = Number.isInteger(given) && given < 0 ? given + length : given
      if (!Number.isInteger(i) || i < 0 || i >= length) {
        throw new RangeError(`at: index ${showShape(index)} lies outside of shape ${showShape(this.shape)}`)
      }
      offset = offset * length + i
    }
    return this.data[offset]
  }

  /** Returns row `i` along the first axis, without that axis, as a view. Throws a `RangeError` for an index outside. */
  row(i: number): Tensor {
    if (!Number.isInteger(i) || i < 0 || i >= (this.shape[0] ?? 0)) {
      throw new RangeError(`row: ${showValue(i)} lies outside of shape ${showShape(this.shape)}`)
    }
    return this.rows(i, i + 1).reshape(this.shape.slice(1))
  }

  /**
   * Returns the rows from `start` up to, not including, `end` along the first axis, as a view. Throws a `RangeError` for a
   * range outside.
   */
  rows(start: number, end: number): Tensor {
    checkRows(start, end, this.shape)
    const rest = this.shape.slice(1)
    const step = sizeOf(rest)
    return new Tensor(this.data.subarray(start * step, end * step), [end - start, ...rest])
  }

  /** Returns a readable form; long axes are abbreviated: `tensor (2, 2) float64 [[1, 2], [3, 4]]`. */
  toString(): string {
    return `tensor ${showShape(this.shape)} ${this.dtype} ${format(this.data, this.shape)}`
  }
}

/** Does what the method of this name does; errors begin with `caller`. */
export function reshape(caller: string, x: Tensor, shape: Shape): Tensor {
  checkArray(shape, 'shape', 'lengths', caller)
  if (sameShape(shape, x.shape)) return x
  const inferred = shape.indexOf(-1)
  const others = shape.filter((_, axis) => axis !== inferred)
  const known = others.every(Number.isInteger) ? sizeOf(others) : NaN
  const full = shape.map((length, axis) => (axis !== inferred ? length : known === 0 ? 0 : x.size / known))
  if (!full.every((length) => Number.isInteger(length) && length >= 0) || sizeOf(full) !== x.size) {
    throw new RangeError(
      `${caller}: shape ${showShape(x.shape)} with ${x.size} elements does not fit into ${showShape(shape)}`,
    )
  }
  return new Tensor(x.data, full)
}

/** Throws a `TypeError` that begins with `caller` and names the argument, unless `value` is a tensor, or another kind that fits. */
export function checkTensor(
  caller: string,
  name: string,
  value: unknown,
  fits = 'a tensor',
): asserts value is Tensor {
  if (value instanceof Tensor) return
  const hint = looksLikeTensor(value)
    ? ' of another copy of @gosa/linalg (its CommonJS build beside the ES modules, or another version): load one copy, or convert it with tensor(x.data, { shape: x.shape })'
    : Array.isArray(value) || ArrayBuffer.isView(value)
      ? ': tensor(…) converts arrays'
      : ''
  throw new TypeError(`${caller}: ${name} must be ${fits}, not ${showValue(value)}${hint}`)
}

/** Throws a `RangeError` unless a tensor of this shape has the rows from `start` up to, not including, `end`. */
export function checkRows(start: number, end: number, shape: Shape): void {
  const [count = 0] = shape
  const areIntegers = Number.isInteger(start) && Number.isInteger(end)
  if (shape.length > 0 && areIntegers && start >= 0 && end <= count && start <= end) return
  throw new RangeError(
    `rows: ${showValue(start)} to ${showValue(end)} lie outside of shape ${showShape(shape)}`,
  )
}

/** Number of elements shown at each end of an axis that is abbreviated. */
const EDGE_ELEMENTS = 3

/** Returns nested brackets with up to six significant digits; of a long axis only the ends are shown. */
function format(data: FloatArray, shape: Shape, axis = 0, offset = 0): string {
  if (axis === shape.length) return String(Number(data[offset].toPrecision(6)))
  const length = shape[axis]
  const stride = sizeOf(shape.slice(axis + 1))
  const isAbbreviated = length > 2 * EDGE_ELEMENTS
  const shown = isAbbreviated ? [0, 1, 2, -1, length - 3, length - 2, length - 1] : [...Array(length).keys()]
  const parts = shown.map((i) => (i < 0 ? '…' : format(data, shape, axis + 1, offset + i * stride)))
  const isRow = axis === shape.length - 1
  return `[${parts.join(isRow ? ', ' : `,\n${' '.repeat(axis + 1)}`)}]`
}
