/**
 * `CsrMatrix`: a matrix that is mostly zeros, in compressed sparse rows (CSR) with a codebook. `compress` creates them,
 * `takeRows` gathers rows of them, and `matmul` multiplies by their nonzero entries alone.
 */
import { checkFunction, checkOptions, showValue } from '../check-options.ts'
import {
  allocate,
  checkShape,
  dtypeOf,
  type FloatArray,
  type Shape,
  showShape,
  sizeOf,
} from '../tensor/shape.ts'
import { checkRows, checkTensor, Tensor } from '../tensor/tensor.ts'

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
   * view of another matrix, a `RangeError` if `source` is this matrix or a view of it.
   */
  assignRows({ compressed: source }: CsrMatrix, indices: ArrayLike<number>): void {
    if (this.#isView) {
      throw new TypeError(
        'takeRows: out is a view of rows of a compressed matrix, and writing into it would change that matrix',
      )
    }
    if (this.#compressed.entries.buffer === source.entries.buffer) {
      throw new RangeError('takeRows: out must not share its elements with x')
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

/** The arrays that are currently promised to hold finite numbers only. */
const promised = new Set<FloatArray>()

/**
 * Returns what `compute` returns. The caller promises that all elements of `x` are finite until then, so products of a
 * compressed matrix with `x` need not scan it for NaN and infinities (0·∞ is NaN, so zeros could not be skipped). For a
 * product of a few rows that scan takes longer than the product. If the promise is broken, results may lack NaN.
 */
export function assumeFinite<T>(x: Tensor, compute: () => T): T {
  checkTensor('assumeFinite', 'x', x)
  checkFunction('assumeFinite', 'compute', compute)
  const { data } = x
  if (promised.has(data)) return compute()
  promised.add(data)
  try {
    return compute()
  } finally {
    promised.delete(data)
  }
}

/** Whether the elements are promised to be finite. */
export const isAssumedFinite = (data: FloatArray): boolean => promised.size > 0 && promised.has(data)

/** Number of values that a code of one byte distinguishes, 0 among them. */
const CODEBOOK_SIZE = 256

/** Maximum distance between the columns of neighbouring entries. */
const MAX_DISTANCE = 255

/** Number of slots of the hash table of values: four times the codebook, so that few values collide. */
const HASH_SLOTS = 4 * CODEBOOK_SIZE

/** The hash is 32 bits wide; its upper 10 bits select one of 1,024 slots. */
const HASH_SHIFT = 22

/**
 * Returns the same matrix with the CSR form of its nonzero elements, if at least half of the elements are 0 and there
 * are at most 256 distinct values, as in images of bytes; else `x` itself. Products with it, and with rows taken from
 * it, are faster and have the same bits. `data` is shared, not copied, and must not be changed any more.
 *
 *     const x = compress(train.x)
 */
export function compress(x: Tensor): Tensor {
  checkTensor('compress', 'x', x)
  if (x.rank !== 2 || x instanceof CsrMatrix) return x
  const { codes, codebook } = encode(x.data) ?? {}
  return (codes && toCsrMatrix(codes, x.shape, codebook as FloatArray, x.data)) ?? x
}

/**
 * Returns the matrix of the elements `codebook[code]`, in the dtype of the codebook, compressed if `compress` would
 * compress it: the way from image bytes to a compressed matrix without the dense one. `codebook[0]` is 0, and it has at
 * most 256 values. Does not keep `codes`.
 *
 * Throws a `RangeError` if `codes` do not fit the shape, or a code lies outside of the codebook; a `TypeError` for arrays of
 * other kinds.
 */
export function compressCodes(codes: Uint8Array, options: { shape: Shape; codebook: FloatArray }): Tensor {
  const known = ['shape', 'codebook'] as const
  const { shape, codebook } = checkOptions('compressCodes', options, known, known)
  checkShape(shape, 'compressCodes')
  const isCodebook = codebook instanceof Float32Array || codebook instanceof Float64Array
  if (!(codes instanceof Uint8Array && isCodebook)) {
    throw new TypeError(
      `compressCodes: codes must be a Uint8Array and the codebook a Float32Array or Float64Array, not ${showValue(codes)} and ${showValue(codebook)}`,
    )
  }
  if (shape.length !== 2 || sizeOf(shape) !== codes.length) {
    throw new RangeError(
      `compressCodes: ${codes.length} codes do not fit into a matrix of shape ${showShape(shape)}`,
    )
  }
  if (codebook[0] !== 0 || codebook.length > CODEBOOK_SIZE) {
    throw new RangeError(
      `compressCodes: the codebook must begin with 0 and have at most ${CODEBOOK_SIZE} values, ` +
        `not begin with ${codebook[0]} and have ${codebook.length}`,
    )
  }
  const largest = codebook.length < CODEBOOK_SIZE ? largestOf(codes) : 0
  if (largest >= codebook.length) {
    throw new RangeError(
      `compressCodes: code ${largest} lies outside of the codebook of ${codebook.length} values`,
    )
  }
  const padded = allocate(CODEBOOK_SIZE, dtypeOf(codebook))
  padded.set(codebook)
  return (
    toCsrMatrix(codes, shape, padded) ??
    new Tensor(
      allocate(codes.length, dtypeOf(codebook)).map((_, i) => codebook[codes[i]]),
      shape,
    )
  )
}

function largestOf(codes: Uint8Array): number {
  let largest = 0
  for (const code of codes) if (code > largest) largest = code
  return largest
}

/** Returns a code for each element (0 for 0) and the codebook; `undefined` if there are too many values or too few zeros. */
function encode(data: FloatArray): { codes: Uint8Array; codebook: FloatArray } | undefined {
  const codes = new Uint8Array(data.length)
  const codebook = allocate(CODEBOOK_SIZE, dtypeOf(data))
  // Values are hashed and compared by their bits, one or two words each, so that NaN has a code as well.
  const words = data.BYTES_PER_ELEMENT / 4
  const bits = new Int32Array(data.buffer, data.byteOffset, words * data.length)
  const codebookBits = new Int32Array(codebook.buffer)
  const hasCode = (i: number, code: number) =>
    codebookBits[words * code] === bits[words * i] &&
    (words === 1 || codebookBits[2 * code + 1] === bits[2 * i + 1])
  const table = new Uint8Array(HASH_SLOTS)
  let used = 0
  let nonzeroLeft = data.length / 2
  for (let i = 0; i < data.length; i++) {
    const value = data[i]
    if (value === 0) continue
    if (--nonzeroLeft < 0) return undefined
    const mixed = words === 1 ? bits[i] : bits[2 * i] ^ Math.imul(bits[2 * i + 1], 0x85ebca6b)
    let slot = Math.imul(mixed, 0x9e3779b1) >>> HASH_SHIFT
    while (table[slot] !== 0 && !hasCode(i, table[slot])) slot = (slot + 1) % HASH_SLOTS
    if (table[slot] === 0) {
      if (++used === CODEBOOK_SIZE) return undefined
      codebook[used] = value
      table[slot] = used
    }
    codes[i] = table[slot]
  }
  return { codes, codebook }
}

/**
 * Builds the CSR form; returns `undefined` if there are too few zeros. Without `data`, the dense elements are filled in when
 * they are first read.
 */
function toCsrMatrix(
  codes: Uint8Array,
  shape: Shape,
  codebook: FloatArray,
  data?: FloatArray,
): CsrMatrix | undefined {
  const [rows, columns] = shape
  const rowOffsets = new Int32Array(rows + 1)
  // There is no result with more entries than half the elements, which these bytes hold; a store beyond them has no effect.
  const entries = new Uint8Array(codes.length)
  let length = 0
  for (let r = 0, i = 0; r < rows; r++) {
    let previous = i
    for (const end = i + columns; i < end; i++) {
      if (codes[i] === 0) continue
      for (; i - previous > MAX_DISTANCE; previous += MAX_DISTANCE) {
        entries[length] = MAX_DISTANCE
        length += 2
      }
      entries[length] = i - previous
      entries[length + 1] = codes[i]
      length += 2
      previous = i
    }
    rowOffsets[r + 1] = length / 2
  }
  if (length > codes.length) return undefined
  const compressed: CompressedRows = { rowOffsets, entries: entries.slice(0, length), codebook }
  const isMaterialized = data !== undefined
  return new CsrMatrix(data ?? allocate(codes.length, dtypeOf(codebook)), shape, compressed, isMaterialized)
}
