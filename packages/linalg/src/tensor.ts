import { allocate, type DType, dtypeOf, type FloatArray } from './dtype.ts'
import { format } from './format.ts'
import { checkShape, type Shape, sameShape, showShape, sizeOf } from './shape.ts'

/** Numbers in arrays, nested as deep as the tensor has axes. */
export type NestedArray = number | NestedArray[]

/** Copies a tensor's elements to another array of the same kind and length, which holds them from then on. */
export let moveElements: (tensor: Tensor, to: FloatArray) => void

/**
 * An n-dimensional array of numbers: an ordinary typed array and the lengths of its axes, row-major and
 * contiguous (the last index runs fastest). Nothing needs to be disposed of.
 *
 * `reshape`, `row` and `rows` give views that share the elements; everything else copies.
 */
export class Tensor {
  readonly shape: Shape
  #data: FloatArray

  static {
    moveElements = (tensor, to) => {
      to.set(tensor.#data)
      tensor.#data = to
    }
  }

  /** Wraps `data` without copying it. Throws a `RangeError` where its length is not the shape's size. */
  constructor(data: FloatArray, shape: Shape) {
    if (!(data instanceof Float32Array || data instanceof Float64Array)) {
      throw new TypeError(
        'Tensor: data must be a Float32Array or a Float64Array; tensor(…) converts other kinds',
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

  /** The elements, row-major: the array itself, not a copy. */
  get data(): FloatArray {
    return this.#data
  }

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
   * The same elements in another shape; one length may be −1 and is worked out. Shares the elements.
   * Throws a `RangeError` where the sizes differ. For the shape that it has, the tensor itself.
   */
  reshape(shape: Shape): Tensor {
    if (sameShape(shape, this.shape)) return this
    const unknown = shape.indexOf(-1)
    const known = sizeOf(shape.filter((_, axis) => axis !== unknown))
    const full = shape.map((length, axis) =>
      axis !== unknown ? length : known === 0 ? 0 : this.size / known,
    )
    if (sizeOf(full) !== this.size || !full.every(Number.isInteger)) {
      throw new RangeError(
        `reshape: shape ${showShape(this.shape)} with ${this.size} elements does not fit into ${showShape(shape)}`,
      )
    }
    return new Tensor(this.data, full)
  }

  /** A copy with elements of its own. */
  clone(): Tensor {
    return new Tensor(this.data.slice(), this.shape)
  }

  /** A copy in the given dtype (rounded to nearest where it narrows). */
  astype(dtype: DType): Tensor {
    const data = allocate(this.size, dtype)
    data.set(this.data)
    return new Tensor(data, this.shape)
  }

  /** The elements as nested arrays; a number for a scalar. */
  toArray(): NestedArray {
    const nest = (axis: number, offset: number): NestedArray => {
      if (axis === this.rank) return this.data[offset]
      const step = sizeOf(this.shape.slice(axis + 1))
      return Array.from({ length: this.shape[axis] }, (_, i) => nest(axis + 1, offset + i * step))
    }
    return nest(0, 0)
  }

  /** One element: `x.at(i, j)`. Negative indices count from the end. Throws a `RangeError` outside. */
  at(...index: number[]): number {
    if (index.length !== this.rank) {
      throw new RangeError(`at: ${index.length} indices given for shape ${showShape(this.shape)}`)
    }
    let offset = 0
    for (let axis = 0; axis < this.rank; axis++) {
      const length = this.shape[axis]
      const i = index[axis] < 0 ? index[axis] + length : index[axis]
      if (!Number.isInteger(i) || i < 0 || i >= length) {
        throw new RangeError(`at: index (${index.join(', ')}) lies outside of shape ${showShape(this.shape)}`)
      }
      offset = offset * length + i
    }
    return this.data[offset]
  }

  /** Row `i` along the first axis, without that axis. Shares the elements. */
  row(i: number): Tensor {
    return this.rows(i, i + 1).reshape(this.shape.slice(1))
  }

  /** Rows `start` up to, not including, `end` along the first axis. Shares the elements. */
  rows(start: number, end: number): Tensor {
    checkRows(start, end, this.shape)
    const rest = this.shape.slice(1)
    const step = sizeOf(rest)
    return new Tensor(this.data.subarray(start * step, end * step), [end - start, ...rest])
  }

  /** Readable, with the middle left out where it is long: `tensor (2, 2) float64 [[1, 2], [3, 4]]`. */
  toString(): string {
    return `tensor ${showShape(this.shape)} ${this.dtype} ${format(this.data, this.shape)}`
  }
}

/** Throws a `RangeError` unless a tensor of this shape has the rows `start` up to, not including, `end`. */
export function checkRows(start: number, end: number, shape: Shape): void {
  const [count = 0] = shape
  const whole = Number.isInteger(start) && Number.isInteger(end)
  if (shape.length > 0 && whole && start >= 0 && end <= count && start <= end) return
  throw new RangeError(`rows: ${start} to ${end} lie outside of shape ${showShape(shape)}`)
}
