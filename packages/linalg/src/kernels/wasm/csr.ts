/** `matmulCsr` of the wasm backend: products with a matrix in compressed sparse rows, as it is or transposed. */

import type { CompressedRows } from '../../sparse/csr-matrix.ts'
import { isAssumedFinite } from '../../sparse/csr-matrix.ts'
import type { FloatArray } from '../../tensor/shape.ts'
import type { Backend, ProductSize } from '../backend.ts'
import { MAX_SUM_DEPTH } from './matmul.ts'
import type { MemoryFor, WasmMemory } from './memory.ts'

/** Maximum size in scratch memory of each of B, C, and the compressed rows that are multiplied at once. */
const MAX_OPERAND_BYTES = 2 ** 21

/** Maximum size in scratch memory of the lists into which compressed rows are turned. */
const MAX_LISTS_BYTES = 2 ** 21

/** Maximum size of the rows of B that a list meets: they stay in the processor's first cache, where a panel of them fits. */
const MAX_BLOCK_BYTES = 24 * 1024

/** Number of bytes of a panel of B: see `assembly/sparse-row.ts`. */
const PANEL_BYTES = 208

/**
 * Multiplies as many rows of A at once as fit. If A is used transposed, its rows are first turned into lists of columns,
 * block by block, and each block adds to C in the order of k.
 *
 * Declines if A has no rows, if B or C do not fit, or if B contains NaN or infinities, since 0·∞ is NaN.
 */
export const createMatmulCsr =
  (memoryFor: MemoryFor): NonNullable<Backend['matmulCsr']> =>
  (a, b, out, size, transposed) => {
    const { m, k, n } = size
    const rows = transposed ? k : m
    const maxElements = MAX_OPERAND_BYTES / b.BYTES_PER_ELEMENT
    if (rows === 0 || k > MAX_SUM_DEPTH || k * n > maxElements || (transposed && m * n > maxElements))
      return false
    if (2 * longestRow(a.rowOffsets, rows) > MAX_OPERAND_BYTES) return false
    const memory = memoryFor(b)
    memory.reset()
    const bAddress = memory.load(b)
    if (!isAssumedFinite(b) && !memory.kernels(b).allFinite(bAddress, k * n)) return false
    if (transposed) multiplyTransposed(memory, a, bAddress, out, size)
    else multiply(memory, a, bAddress, out, size)
    return true
  }

function multiply(
  memory: WasmMemory,
  a: CompressedRows,
  b: number,
  out: FloatArray,
  { m, n }: ProductSize,
): void {
  const kernels = memory.kernels(out)
  const codebook = memory.copyIn(a.codebook)
  const maxRows = Math.max(1, Math.floor(MAX_OPERAND_BYTES / (n * out.BYTES_PER_ELEMENT)))
  const free = memory.mark()
  for (let row = 0, end = 0; row < m; row = end) {
    memory.reset(free)
    end = endOfRows(a, row, Math.min(m, row + maxRows))
    const { offsets, entries } = copyRowsIn(memory, a, row, end)
    const part = row === 0 && end === m ? out : out.subarray(row * n, end * n)
    const c = memory.target(part)
    kernels.multiplyCsr(offsets, b, c, end - row, n, n, entries, codebook)
    memory.store(c, part)
  }
}

function multiplyTransposed(
  memory: WasmMemory,
  a: CompressedRows,
  b: number,
  out: FloatArray,
  { m, k, n }: ProductSize,
): void {
  const kernels = memory.kernels(out)
  const bytes = out.BYTES_PER_ELEMENT
  const codebook = memory.copyIn(a.codebook)
  const c = memory.target(out)
  const blockRows = rowsPerBlock(m, k, n * bytes)
  const maxRows = blockRows * Math.max(1, Math.floor(MAX_LISTS_BYTES / (2 * m * blockRows)))
  const free = memory.mark()
  for (let row = 0, end = 0; row < k; row = end) {
    memory.reset(free)
    end = endOfRows(a, row, Math.min(k, row + maxRows))
    const { offsets, entries } = copyRowsIn(memory, a, row, end)
    const blocks = Math.ceil((end - row) / blockRows)
    const ends = memory.scratch(4 * blocks * m)
    const lists = memory.scratch(2 * blocks * m * blockRows)
    const lastOffset = offsets + 4 * (end - row)
    kernels.csrToLists(offsets, ends, lists, blocks, blockRows, lastOffset, m, entries)
    for (let i = 0; i < blocks; i++) {
      const first = row + i * blockRows
      kernels.multiplyLists(
        ends + 4 * i * m,
        lists + 2 * i * m * blockRows,
        c,
        m,
        b + first * n * bytes,
        n,
        blockRows,
        codebook,
        first > 0,
      )
    }
  }
  memory.store(c, out)
}

/** Maximum number of rows in a block, which an entry of a list counts by one byte. */
const MAX_BLOCK_ROWS = 256

/** Minimum number of rows in a block, since each goes through all columns of A. */
const MIN_BLOCK_ROWS = 16

/** Returns the number of rows in a block: few enough that their part of B stays in the cache, and nearly equal in all blocks. */
function rowsPerBlock(m: number, k: number, rowBytes: number): number {
  const inCache = Math.floor(MAX_BLOCK_BYTES / Math.min(rowBytes, PANEL_BYTES))
  const inScratch = Math.floor(MAX_LISTS_BYTES / (2 * m))
  const max = Math.max(MIN_BLOCK_ROWS, Math.min(inCache, inScratch, MAX_BLOCK_ROWS))
  return Math.ceil(k / Math.ceil(k / max))
}

/** Returns the end of the longest run of rows from `row` on, up to `last`, whose entries fit. */
function endOfRows({ rowOffsets }: CompressedRows, row: number, last: number): number {
  let end = row + 1
  while (end < last && 2 * (rowOffsets[end + 1] - rowOffsets[row]) <= MAX_OPERAND_BYTES) end++
  return end
}

/**
 * Copies the compressed rows from `row` to `end` to scratch memory. Returns the address of their offsets, and the address at
 * which the entries of a row with offset 0 would lie, since the offsets are not rebased.
 */
function copyRowsIn(
  memory: WasmMemory,
  { rowOffsets, entries }: CompressedRows,
  row: number,
  end: number,
): { offsets: number; entries: number } {
  const offsets = memory.scratch(4 * (end - row + 1))
  memory.int32.set(rowOffsets.subarray(row, end + 1), offsets / 4)
  const [start, last] = [2 * rowOffsets[row], 2 * rowOffsets[end]]
  // With the same alignment to 8 bytes as the source: into shared memory V8 otherwise copies byte by byte.
  const address = memory.scratch(last - start + 8) + ((entries.byteOffset + start) & 7)
  memory.uint8.set(entries.subarray(start, last), address)
  return { offsets, entries: address - start }
}

function longestRow(rowOffsets: Int32Array, rows: number): number {
  let longest = 0
  for (let r = 0; r < rows; r++) longest = Math.max(longest, rowOffsets[r + 1] - rowOffsets[r])
  return longest
}
