/** `matmulCsr` of the wasm backend: products with a matrix in compressed sparse rows, as it is or transposed. */
import { isAssumedFinite } from '../../sparse/assume-finite.ts'
import type { CompressedRows } from '../../sparse/csr-matrix.ts'
import type { FloatArray } from '../../tensor/dtype.ts'
import type { Backend } from '../backend.ts'
import { ensureInWasm, writableOffset } from './arena.ts'
import { alignedEnd, splitsByColumns } from './blocks.ts'
import type { Kernels, KernelsFor } from './kernels.ts'
import { isAllFinite } from './matmul.ts'
import { rowsPerPart } from './split.ts'

/** Maximum size in scratch memory of B, of C, and of the compressed rows that are multiplied at once. */
const MAX_SCRATCH_BYTES = 2 ** 21

/** Maximum size of the compressed columns that are multiplied at once: with the rows of B they stay in the processor's cache. */
const MAX_CSC_BYTES = 2 ** 18

/**
 * Multiplies as many rows of A at once as fit; if A is used transposed, each such part adds to C in the order of k.
 * Declines if A has no rows, if B or C do not fit, or if B contains NaN or infinities, since 0·∞ is NaN.
 */
export const createMatmulCsr =
  (kernelsFor: KernelsFor): NonNullable<Backend['matmulCsr']> =>
  (a, b, out, { m, k, n }, transposed) => {
    const { rowOffsets, codebook } = a
    const rows = transposed ? k : m
    const kernels = kernelsFor(b, (rowOffsets[rows] - rowOffsets[0]) * n)
    const { memory, scratchStart, elementBytes } = kernels
    const maxElements = MAX_SCRATCH_BYTES / elementBytes
    if (
      rows === 0 ||
      k * n > maxElements ||
      (transposed && m * n > maxElements) ||
      longestRow(rowOffsets, rows) * 2 + n > maxElements
    ) {
      return false
    }
    const bOffset = ensureInWasm(kernels, b, scratchStart)
    if (!isAssumedFinite(b) && !isAllFinite(kernels, bOffset, k * n)) return false
    const codebookOffset = alignedEnd(scratchStart, k * n)
    memory.set(codebook, codebookOffset)
    const scratch = alignedEnd(codebookOffset, codebook.length)
    const offsets: Offsets = { b: bOffset, codebook: codebookOffset, scratch }
    if (transposed) multiplyTransposed(kernels, a, offsets, out, { m, k, n })
    else multiply(kernels, a, offsets, out, { m, n })
    return true
  }

/** Offsets of B, of the codebook, and of the scratch memory after them. */
interface Offsets {
  readonly b: number
  readonly codebook: number
  readonly scratch: number
}

function multiply(
  kernels: Kernels,
  a: CompressedRows,
  { b, codebook, scratch }: Offsets,
  out: FloatArray,
  { m, n }: { m: number; n: number },
): void {
  const { elementBytes, pipelineDepth } = kernels
  const outOffset = writableOffset(kernels, out)
  for (let row = 0, end = 0; row < m; row = end) {
    end = endOfBlock(a, row, m, MAX_SCRATCH_BYTES / elementBytes, n)
    const c = outOffset === undefined ? scratch : outOffset + row * n
    const rowOffsets = alignedEnd(scratch, (end - row) * n)
    const entries = copyRowsIn(kernels, a, row, end, rowOffsets)
    const rowOffsetsAddress = rowOffsets * elementBytes
    const [x, y, z] = [b * elementBytes, c * elementBytes, codebook * elementBytes]
    const partRows = splitsByColumns(n, elementBytes) ? end - row : rowsPerPart(end - row, pipelineDepth)
    for (let i = 0; i < end - row; i += partRows) {
      const count = Math.min(partRows, end - row - i)
      kernels.multiplyCsr(rowOffsetsAddress + 4 * i, x, y + i * n * elementBytes, count, n, n, entries, z)
      if (outOffset === undefined) copyOutOnComplete(kernels, c + i * n, count * n, out, (row + i) * n)
    }
    kernels.flush()
  }
}

function multiplyTransposed(
  kernels: Kernels,
  a: CompressedRows,
  { b, codebook, scratch }: Offsets,
  out: FloatArray,
  { m, k, n }: { m: number; k: number; n: number },
): void {
  const { elementBytes, pipelineDepth } = kernels
  const outOffset = writableOffset(kernels, out)
  const c = outOffset ?? scratch
  for (let row = 0, end = 0; row < k; row = end) {
    end = endOfBlock(a, row, k, MAX_CSC_BYTES / elementBytes, 0)
    const rowOffsets = alignedEnd(scratch, m * n)
    const entries = copyRowsIn(kernels, a, row, end, rowOffsets)
    const count = a.rowOffsets[end] - a.rowOffsets[row]
    const columnOffsets = alignedEnd(alignedEnd(rowOffsets, end - row + 1), count)
    const values = alignedEnd(columnOffsets, m + 2)
    const indices = alignedEnd(values, count)
    const columns = columnOffsets * elementBytes
    const [v, i] = [values * elementBytes, indices * elementBytes]
    kernels.csrToCsc(rowOffsets * elementBytes, entries, codebook * elementBytes, m, end - row, columns, v, i)
    const [x, y] = [(b + row * n) * elementBytes, c * elementBytes]
    const partRows = rowsPerPart(m, pipelineDepth)
    for (let first = 0; first < m; first += partRows) {
      const part = Math.min(partRows, m - first)
      kernels.multiplyCsc(columns + 4 * first, x, y + first * n * elementBytes, part, n, row > 0, v, i)
      if (outOffset === undefined && end === k) {
        copyOutOnComplete(kernels, c + first * n, part * n, out, first * n)
      }
    }
    kernels.flush()
  }
}

/** Returns the end of the longest block of rows from `row` on that fits, with `n` more elements for each row. */
function endOfBlock(
  { rowOffsets }: CompressedRows,
  row: number,
  rows: number,
  maxElements: number,
  n: number,
): number {
  let end = row + 1
  while (end < rows && 2 * (rowOffsets[end + 1] - rowOffsets[row]) + (end + 1 - row) * n <= maxElements) end++
  return end
}

/**
 * Copies the compressed rows from `row` to `end` into memory: their offsets to `offset`, their entries after that. Returns
 * the address at which the entries of a row with offset 0 would lie, since the offsets are not rebased.
 */
function copyRowsIn(
  { int32, uint8, elementBytes }: Kernels,
  { rowOffsets, entries }: CompressedRows,
  row: number,
  end: number,
  offset: number,
): number {
  const start = 3 * rowOffsets[row]
  // With the same alignment to 8 bytes as the source: into shared memory V8 otherwise copies byte by byte.
  const address = alignedEnd(offset, end - row + 1) * elementBytes + ((entries.byteOffset + start) & 7)
  int32.set(rowOffsets.subarray(row, end + 1), (offset * elementBytes) / 4)
  uint8.set(entries.subarray(start, 3 * rowOffsets[end]), address)
  return address - start
}

/** Copies a part of C from scratch memory to `out`, as soon as it is complete. */
function copyOutOnComplete(kernels: Kernels, from: number, count: number, out: FloatArray, to: number): void {
  kernels.onComplete(() => out.set(kernels.memory.subarray(from, from + count), to))
}

function longestRow(rowOffsets: Int32Array, rows: number): number {
  let longest = 0
  for (let r = 0; r < rows; r++) longest = Math.max(longest, rowOffsets[r + 1] - rowOffsets[r])
  return longest
}
