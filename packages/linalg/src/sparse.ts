import { allocate, type FloatArray } from './dtype.ts'
import { type Shape, sameShape } from './shape.ts'
import { Tensor } from './tensor.ts'

/** The nonzero elements of a matrix, row by row. */
export interface Lists {
  /** Row r has `starts[r + 1] − starts[r]` of them; its list begins at `elements[2·starts[r]]`. */
  readonly starts: Int32Array
  /** Of each row first the values, then their columns, as integers of 32 bits in the place of an element each. */
  readonly elements: FloatArray
}

/**
 * A matrix that is mostly zeros, with a list of what is not 0: a tensor like any other, made by `compress`, and by
 * `takeRows` of one. `matmul` with it as first operand needs the list alone, so that `data` of rows taken from it are
 * put together only when they are asked for.
 */
export class SparseMatrix extends Tensor {
  #lists: Lists
  #complete: boolean

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

  override reshape(shape: Shape): Tensor {
    return sameShape(shape, this.shape) ? this : super.reshape(shape)
  }

  /** Becomes the rows of `source` with the given indices, which must exist. */
  assignRows({ lists: source }: SparseMatrix, indices: ArrayLike<number>): void {
    const starts = this.#lists.starts
    for (let r = 0; r < indices.length; r++) {
      starts[r + 1] = starts[r] + source.starts[indices[r] + 1] - source.starts[indices[r]]
    }
    const length = 2 * starts[indices.length]
    if (length > this.#lists.elements.length) {
      // Some more, since the next rows may have more.
      this.#lists = { starts, elements: allocate(Math.ceil(length * 1.25), this.dtype) }
    }
    fetchAhead(source, indices)
    const { elements } = this.#lists
    for (let r = 0; r < indices.length; r++) {
      const [from, to] = [2 * source.starts[indices[r]], 2 * source.starts[indices[r] + 1]]
      elements.set(source.elements.subarray(from, to), 2 * starts[r])
    }
    this.#complete = false
  }
}

/** What `fetchAhead` read last; of no meaning, but an engine may leave out reads that lead to nothing. */
export let fetched = 0

/**
 * Reads a number from each cache line of the rows, which lie scattered in memory: the processor waits for many of these
 * reads at once, while copies would wait one after the other (measured: 25 µs in place of 39 for 100 images). As
 * integers, since sums of places taken for floats are slow.
 */
function fetchAhead({ starts, elements }: Lists, indices: ArrayLike<number>): void {
  const integers = new Int32Array(elements.buffer, elements.byteOffset)
  const step = (2 * elements.BYTES_PER_ELEMENT) / 4
  let sum = 0
  for (let r = 0; r < indices.length; r++) {
    const end = step * starts[indices[r] + 1]
    for (let at = step * starts[indices[r]]; at < end; at += 16) sum = (sum + integers[at]) | 0
  }
  fetched = sum
}

/** A matrix of zeros, to assign rows to. */
export function emptySparse(shape: Shape, like: SparseMatrix): SparseMatrix {
  const lists = { starts: new Int32Array(shape[0] + 1), elements: allocate(0, like.dtype) }
  return new SparseMatrix(allocate(shape[0] * shape[1], like.dtype), shape, lists, false)
}

/**
 * The same matrix with a list of its nonzero elements, where at least half of them are 0 (and x itself where not):
 * training on it, and on rows taken from it, is faster, with the same bits. `data` are shared, not copied, and must not
 * be changed any more.
 *
 *     const images = compress(train.images)
 */
export function compress(x: Tensor): Tensor {
  if (x.rank !== 2 || x instanceof SparseMatrix) return x
  const { data } = x
  const [rows, columns] = x.shape
  const starts = new Int32Array(rows + 1)
  for (let r = 0, i = 0, count = 0; r < rows; r++) {
    for (const end = i + columns; i < end; i++) if (data[i] !== 0) count++
    starts[r + 1] = count
  }
  if (starts[rows] > x.size / 2) return x
  const elements = allocate(2 * starts[rows], x.dtype)
  const places = placesIn(elements)
  for (let r = 0, i = 0; r < rows; r++) {
    let value = 2 * starts[r]
    let place = value + starts[r + 1] - starts[r]
    for (let c = 0; c < columns; c++, i++) {
      if (data[i] === 0) continue
      elements[value++] = data[i]
      places.set(place++, c)
    }
  }
  return new SparseMatrix(data, x.shape, { starts, elements })
}

/** The integers that stand in the place of elements. */
function placesIn(elements: FloatArray) {
  const integers = new Int32Array(elements.buffer, elements.byteOffset)
  const step = elements.BYTES_PER_ELEMENT / 4
  return {
    get: (at: number): number => integers[at * step],
    set: (at: number, place: number): void => {
      integers[at * step] = place
    },
  }
}

function fill(data: FloatArray, columns: number, { starts, elements }: Lists): void {
  const places = placesIn(elements)
  for (let r = 0; r + 1 < starts.length; r++) {
    const count = starts[r + 1] - starts[r]
    for (let at = 2 * starts[r], end = at + count; at < end; at++) {
      data[r * columns + places.get(at + count)] = elements[at]
    }
  }
}
