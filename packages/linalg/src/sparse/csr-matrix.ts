/**
 * `CsrMatrix`: a matrix that is mostly zeros, in compressed sparse rows (CSR) with a codebook. `compress.ts` creates
 * them, `takeRows` gathers rows of them, and `matmul` multiplies by their nonzero entries alone.
 */
import { allocate, type FloatArray } from '../tensor/dtype.ts'
import type { Shape } from '../tensor/shape.ts'
import { checkRows, Tensor } from '../tensor/tensor.ts'

/** The nonzero entries of a matrix, row by row; their values are codes of one byte, looked up in a codebook. */
export interface CompressedRows {
  /** Row r has `rowOffsets[r + 1] − rowOffsets[r]` entries, which begin at byte `2·rowOffsets[r]` of `entries`. */
  readonly rowOffsets: Int32Array
  /**
   * Two bytes per entry: the distance of its column to that of the entry before (to 0 for the first of a row), and the code
   * of its value. Where a distance is larger than 255, entries of code 0 stand between.
   */
  readonly entries: Uint8Array
  /** The 256 values that codes stand for; `codebook[0]` is 0. */
  readonly codebook: FloatArray
}

/** Bytes per entry. */
const ENTRY_BYTES = 2

/** Spare capacity of `entries` when it has to grow, since the next batch of rows may have more entries. */
const GROWTH = 1.25

const CACHE_LINE_BYTES = 64

/**
 * A tensor with the CSR form of its elements. `matmul` with it as first operand reads the CSR form alone, so the dense
 * `data` of gathered rows are filled in only when they are read.
 */
export class CsrMatrix extends Tensor {
  #compressed: CompressedRows
  #isMaterialized: boolean
  #isView = false

  /** Keeps all arguments without copying. Unless `isMaterialized`, `data` are filled from `compressed` when first read. */
  constructor(data: FloatArray, shape: Shape, compressed: CompressedRows, isMaterialized = true) {
    super(data, shape)
    this.#compressed = compressed
    this.#isMaterialized = isMaterialized
  }

  get compressed(): CompressedRows {
    return this.#compressed
  }

  override get data(): FloatArray {
    const data = super.data
    if (!this.#isMaterialized) {
      data.fill(0)
      decompress(this.#compressed, data, this.shape[1])
      this.#isMaterialized = true
    }
    return data
  }

  /** Returns a compressed view, which shares entries and elements; `assignRows` refuses to write into it. */
  override rows(start: number, end: number): Tensor {
    checkRows(start, end, this.shape)
    const [, columns] = this.shape
    const compressed = {
      ...this.#compressed,
      rowOffsets: this.#compressed.rowOffsets.subarray(start, end + 1),
    }
    const data = super.data.subarray(start * columns, end * columns)
    const rows = new CsrMatrix(data, [end - start, columns], compressed, this.#isMaterialized)
    rows.#isView = true
    return rows
  }

  /**
   * Replaces all rows by those of `source` with the given indices, which must exist. Throws a `TypeError` if this is a
   * view of another matrix.
   */
  assignRows({ compressed: source }: CsrMatrix, indices: ArrayLike<number>): void {
    if (this.#isView) {
      throw new TypeError(
        'takeRows: out is a view of rows of a compressed matrix, and writing into it would change that matrix',
      )
    }
    const { rowOffsets } = this.#compressed
    for (let r = 0; r < indices.length; r++) {
      rowOffsets[r + 1] = rowOffsets[r] + source.rowOffsets[indices[r] + 1] - source.rowOffsets[indices[r]]
    }
    const length = ENTRY_BYTES * rowOffsets[indices.length]
    const fits = length <= this.#compressed.entries.length
    const entries = fits ? this.#compressed.entries : new Uint8Array(Math.ceil(length * GROWTH))
    prefetchRows(source, indices)
    for (let r = 0; r < indices.length; r++) {
      const start = ENTRY_BYTES * source.rowOffsets[indices[r]]
      const end = ENTRY_BYTES * source.rowOffsets[indices[r] + 1]
      entries.set(source.entries.subarray(start, end), ENTRY_BYTES * rowOffsets[r])
    }
    this.#compressed = { rowOffsets, entries, codebook: source.codebook }
    this.#isMaterialized = false
  }
}

/** Whether `x` is a compressed matrix, as `compress` returns: its `data` must not be written to. */
export const isCompressed = (x: Tensor): boolean => x instanceof CsrMatrix

/** Returns a matrix of zeros with the codebook and dtype of `like`, for `assignRows`. */
export function emptyCsrMatrix(shape: Shape, like: CsrMatrix): CsrMatrix {
  const compressed = {
    rowOffsets: new Int32Array(shape[0] + 1),
    entries: new Uint8Array(0),
    codebook: like.compressed.codebook,
  }
  return new CsrMatrix(allocate(shape[0] * shape[1], like.dtype), shape, compressed, false)
}

/** Sink for the prefetch reads; without it the engine may drop them as dead code. */
export let prefetchSink = 0

/**
 * Reads one byte of each cache line of the given rows, which are scattered in memory. The processor overlaps the cache
 * misses of these independent reads, whereas copying row by row would wait for each in turn.
 */
function prefetchRows({ rowOffsets, entries }: CompressedRows, indices: ArrayLike<number>): void {
  let sum = 0
  for (let r = 0; r < indices.length; r++) {
    const end = ENTRY_BYTES * rowOffsets[indices[r] + 1]
    for (let offset = ENTRY_BYTES * rowOffsets[indices[r]]; offset < end; offset += CACHE_LINE_BYTES) {
      sum = (sum + entries[offset]) | 0
    }
  }
  prefetchSink = sum
}

/** Writes the nonzero elements into a dense row-major array of zeros. */
function decompress(
  { rowOffsets, entries, codebook }: CompressedRows,
  data: FloatArray,
  columns: number,
): void {
  for (let r = 0; r + 1 < rowOffsets.length; r++) {
    let column = r * columns
    for (let p = ENTRY_BYTES * rowOffsets[r]; p < ENTRY_BYTES * rowOffsets[r + 1]; p += ENTRY_BYTES) {
      column += entries[p]
      data[column] = codebook[entries[p + 1]]
    }
  }
}
