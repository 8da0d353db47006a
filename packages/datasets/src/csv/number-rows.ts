/** Rows of numbers that arrive one by one, kept in blocks of the narrowest type that holds them exactly. */

/** The number of numbers in a block. */
const BLOCK_SIZE = 1 << 16

/** Numbers of consecutive rows, column by column, so that a column is read in one piece. */
type Block = Uint8Array | Float32Array | Float64Array

/**
 * A matrix that grows by rows. The current block is `buffer`, of float64: the caller writes the row at `offset` and calls
 * `endRow`. A full block is kept as bytes, float32 or float64: pixels take a byte each, and no number changes. With
 * `rounded`, numbers that are no bytes are rounded to float32, for a table of that dtype.
 *
 * Blocks are neither moved nor grown, so at most twice the matrix is in memory when it is put together.
 */
export class NumberRows {
  readonly width: number
  readonly buffer: Float64Array
  offset = 0
  readonly #rounded: boolean
  readonly #blocks: Block[] = []
  #rows = 0

  constructor(width: number, { rounded = false }: { rounded?: boolean } = {}) {
    this.width = width
    this.buffer = new Float64Array(Math.max(1, Math.floor(BLOCK_SIZE / Math.max(1, width))) * width)
    this.#rounded = rounded
  }

  get rows(): number {
    return this.#rows
  }

  /** Ends the row at `offset`; the next one begins where `offset` is then. */
  endRow(): void {
    this.#rows++
    this.offset += this.width
    if (this.offset === this.buffer.length) this.#flush()
  }

  /** Puts a row before all others. */
  prepend(row: Float64Array): void {
    this.#blocks.unshift(pack(row, 1, this.#rounded))
    this.#rows++
  }

  /** Writes all rows to `out`, which has room for them. */
  copyTo(out: Float32Array | Float64Array): void {
    this.#flush()
    let start = 0
    for (const block of this.#blocks) {
      const rows = block.length / this.width
      for (let row = 0; row < rows; row++) {
        for (let at = row; at < block.length; at += rows) out[start++] = block[at]
      }
    }
  }

  /** Returns a column, (rows). */
  column(index: number): Float64Array {
    this.#flush()
    const values = new Float64Array(this.#rows)
    let row = 0
    for (const block of this.#blocks) {
      const rows = block.length / this.width
      values.set(block.subarray(index * rows, (index + 1) * rows), row)
      row += rows
    }
    return values
  }

  #flush(): void {
    const rows = this.offset / this.width
    if (rows > 0) this.#blocks.push(pack(this.buffer.subarray(0, this.offset), rows, this.#rounded))
    this.offset = 0
  }
}

function pack(values: Float64Array, rows: number, rounded: boolean): Block {
  const block = areBytes(values)
    ? new Uint8Array(values.length)
    : rounded || fitFloat32(values)
      ? new Float32Array(values.length)
      : new Float64Array(values.length)
  const width = values.length / rows
  let to = 0
  for (let column = 0; column < width; column++) {
    for (let at = column; at < values.length; at += width) block[to++] = values[at]
  }
  return block
}

// Loops: a callback for each number takes as long as reading it.
function areBytes(values: Float64Array): boolean {
  for (let i = 0; i < values.length; i++) if (values[i] !== (values[i] & 255)) return false
  return true
}

function fitFloat32(values: Float64Array): boolean {
  for (let i = 0; i < values.length; i++) {
    const value = values[i]
    if (value !== Math.fround(value) && !Number.isNaN(value)) return false
  }
  return true
}
