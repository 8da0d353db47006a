import { allocate, type FloatArray } from './dtype.ts'
import type { Shape } from './shape.ts'
import { checkRows, Tensor } from './tensor.ts'

/** The nonzero elements of a matrix of few different numbers, row by row. */
export interface Lists {
  /** Row r has `starts[r + 1] − starts[r]` of them; its list begins at byte `3·starts[r]` of `elements`. */
  readonly starts: Int32Array
  /** Of each row first the columns, in two bytes, the lower one first; then the numbers of the values in `palette`. */
  readonly elements: Uint8Array
  /** The 256 values that there may be. */
  readonly palette: FloatArray
}

/**
 * A matrix that is mostly zeros, with a list of what is not 0: a tensor like any other, made by `compress`, and by
 * `takeRows` of one. `matmul` with it as first operand needs the list alone, so that `data` of rows taken from it are
 * put together only when they are asked for.
 */
export class SparseMatrix extends Tensor {
  #lists: Lists
  #complete: boolean
  #shares = false

  /** Keeps all of it; unless `complete`, `data` are yet to be filled from the lists. */
  constructor(data: FloatArray, shape: Shape, lists: Lists, complete = true) {
    super(data, shape)
    this.#lists = lists
    this.#complete = complete
  }

  get lists(): Lists {
    return this.#lists
  }

  override get data(): FloatArray {
    const data = super.data
    if (!this.#complete) {
      data.fill(0)
      fill(data, this.shape[1], this.#lists)
      this.#complete = true
    }
    return data
  }

  /** Compressed as well; they share lists and elements, so that nothing can be assigned to them. */
  override rows(start: number, end: number): Tensor {
    checkRows(start, end, this.shape)
    const [, columns] = this.shape
    const lists = { ...this.#lists, starts: this.#lists.starts.subarray(start, end + 1) }
    const data = super.data.subarray(start * columns, end * columns)
    const rows = new SparseMatrix(data, [end - start, columns], lists, this.#complete)
    rows.#shares = true
    return rows
  }

  /** Becomes the rows of `source` with the given indices, which must exist. Throws a `TypeError` for rows of another one. */
  assignRows({ lists: source }: SparseMatrix, indices: ArrayLike<number>): void {
    if (this.#shares) {
      throw new TypeError(
        'takeRows: out are rows of a compressed matrix, with which they share their elements',
      )
    }
    const { starts } = this.#lists
    for (let r = 0; r < indices.length; r++) {
      starts[r + 1] = starts[r] + source.starts[indices[r] + 1] - source.starts[indices[r]]
    }
    const { elements, palette } = { ...this.#lists, palette: source.palette }
    const length = 3 * starts[indices.length]
    // Some more than needed, since the next rows may have more.
    const fits = length <= elements.length
    const own = { starts, elements: fits ? elements : new Uint8Array(Math.ceil(length * 1.25)), palette }
    fetchAhead(source, indices)
    for (let r = 0; r < indices.length; r++) {
      const [from, to] = [3 * source.starts[indices[r]], 3 * source.starts[indices[r] + 1]]
      own.elements.set(source.elements.subarray(from, to), 3 * starts[r])
    }
    this.#lists = own
    this.#complete = false
  }
}

/** What `fetchAhead` read last; of no meaning, but an engine may leave out reads that lead to nothing. */
export let fetched = 0

/**
 * Reads a byte from each cache line of the rows, which lie scattered in memory: the processor waits for many of these
 * reads at once, while copies would wait one after the other.
 */
function fetchAhead({ starts, elements }: Lists, indices: ArrayLike<number>): void {
  let sum = 0
  for (let r = 0; r < indices.length; r++) {
    const end = 3 * starts[indices[r] + 1]
    for (let at = 3 * starts[indices[r]]; at < end; at += 64) sum = (sum + elements[at]) | 0
  }
  fetched = sum
}

/** A matrix of zeros, to assign rows to. */
export function emptySparse(shape: Shape, { lists, dtype }: SparseMatrix): SparseMatrix {
  const own = { starts: new Int32Array(shape[0] + 1), elements: new Uint8Array(0), palette: lists.palette }
  return new SparseMatrix(allocate(shape[0] * shape[1], dtype), shape, own, false)
}

function fill(data: FloatArray, columns: number, { starts, elements, palette }: Lists): void {
  for (let r = 0; r + 1 < starts.length; r++) {
    const count = starts[r + 1] - starts[r]
    const place = 3 * starts[r]
    for (let p = 0; p < count; p++) {
      const column = elements[place + 2 * p] + 256 * elements[place + 2 * p + 1]
      data[r * columns + column] = palette[elements[place + 2 * count + p]]
    }
  }
}
