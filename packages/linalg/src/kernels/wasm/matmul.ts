/** `matmul` of the wasm backend: chooses among three algorithms with the same bits, and computes block by block. */
import type { FloatArray } from '../../tensor/dtype.ts'
import type { Backend } from '../backend.ts'
import { ensureInWasm, offsetInWasm, writableOffset } from './arena.ts'
import { alignedEnd, type Block, copyBlockIn, copyBlockOut } from './blocks.ts'
import type { Kernels, KernelsFor } from './kernels.ts'
import { roundUpToMultipleOf4, rowsPerPart, splitEvenly } from './split.ts'

/** Maximum size of a block of an operand or of the result in scratch memory; a block of B takes twice that. */
const MAX_BLOCK_BYTES = 2 ** 20

/** Maximum number of columns of a block of B and of the result. */
const MAX_BLOCK_COLUMNS = 512

/** Maximum size of a row of a block of A, which limits the depth of a block. */
const MAX_BLOCK_DEPTH_BYTES = 4096

/** Maximum number of rows of A for which B is not packed: packing would take longer than the product. */
const MAX_UNPACKED_ROWS = 3

/** Minimum size of a row of B for which skipping zeros of A pays. */
const MIN_ROW_BYTES_TO_SKIP_ZEROS = 96

/** Number of elements of A that are sampled to estimate whether it is mostly zeros. */
const ZERO_SAMPLES = 64

/** The golden ratio minus 1: its multiples, modulo 1, are spread evenly without a period. */
const GOLDEN_STEP = 0.6180339887498949

interface Size {
  readonly m: number
  readonly k: number
  readonly n: number
}

/**
 * A few rows of A are multiplied by an unpacked B. If A is mostly zeros and B is finite, zeros are skipped, row by row, or
 * column by column if A is stored transposed. Otherwise B is packed and the product computed tile by tile.
 */
export const createMatmul =
  (kernelsFor: KernelsFor): Backend['matmul'] =>
  (a, b, out, { m, k, n }, transpose) => {
    const isSparse =
      m > MAX_UNPACKED_ROWS && n * a.BYTES_PER_ELEMENT >= MIN_ROW_BYTES_TO_SKIP_ZEROS && isMostlyZeros(a)
    const kernels = kernelsFor(b, isSparse ? (m * k * n) / 4 : m * k * n)
    const fitsOneBlock = k * n * kernels.elementBytes <= MAX_BLOCK_BYTES
    if (m <= MAX_UNPACKED_ROWS && fitsOneBlock && !transpose.a && !transpose.b) {
      return multiplyFewRows(kernels, a, b, out, { m, k, n })
    }
    multiplyBlocks(kernels, a, b, out, { m, k, n }, transpose, isSparse)
  }

/** The product of a few rows with a B that fits into one block: no splitting, which would take longer than the product. */
function multiplyFewRows(
  kernels: Kernels,
  a: FloatArray,
  b: FloatArray,
  out: FloatArray,
  { m, k, n }: Size,
): void {
  const { memory, scratchStart, elementBytes } = kernels
  const aScratch = alignedEnd(scratchStart, k * n)
  const cScratch = alignedEnd(aScratch, m * k)
  const bOffset = ensureInWasm(kernels, b, scratchStart)
  const aOffset = ensureInWasm(kernels, a, aScratch)
  const outOffset = writableOffset(kernels, out)
  const c = outOffset ?? cScratch
  const scratch = alignedEnd(cScratch, m * n)
  const [x, y, z] = [aOffset * elementBytes, bOffset * elementBytes, c * elementBytes]
  kernels.multiplyRows(x, y, z, m, k, n, false, false, scratch * elementBytes)
  kernels.onComplete(() => outOffset ?? out.set(memory.subarray(c, c + m * n)))
  kernels.flush()
}

/**
 * The product block by block: a block of B is copied in, then each block of A that meets it, and their part of C is copied
 * out. If k is split too, C is copied in again and accumulated in the order of k, so blocking changes no bit.
 */
function multiplyBlocks(
  kernels: Kernels,
  a: FloatArray,
  b: FloatArray,
  out: FloatArray,
  { m, k, n }: Size,
  transpose: { readonly a: boolean; readonly b: boolean },
  isSparse: boolean,
): void {
  const { elementBytes, pipelineDepth } = kernels
  const max = maxBlockSizes(m, k, n, kernels, transpose.a)
  if (k === 0) out.fill(0)
  // If k or n is split, rows of C are not written in order, and a vector beyond the end of one could overwrite another.
  const isWholeRows = max.depth === k && max.columns === n
  const outOffset = isWholeRows ? writableOffset(kernels, out) : undefined
  for (const [column, columns] of splitEvenly(n, max.columns)) {
    for (const [depthStart, depth] of splitEvenly(k, max.depth)) {
      const panels = kernels.scratchStart
      const bScratch = alignedEnd(panels, depth * (columns + 8))
      const bBlock: Block = [depthStart, depth, column, columns]
      const bOffset = loadBlock(kernels, bScratch, b, transpose.b ? k : n, transpose.b, bBlock)
      const skipZeros = isSparse && isAllFinite(kernels, bOffset, depth * columns)
      const byRows = skipZeros || m <= MAX_UNPACKED_ROWS
      const byColumns = skipZeros && transpose.a
      if (!byRows) kernels.pack(bOffset * elementBytes, panels * elementBytes, depth, columns)
      // Once B is packed, its unpacked block is free, unless threads still read it.
      const keepsB = byRows || pipelineDepth > 1
      const firstSlot = keepsB ? alignedEnd(bScratch, depth * columns) : bScratch
      // Slots for blocks of A and C; two in a pipeline, where one is copied in while the other is multiplied.
      const slotSize = alignedEnd(alignedEnd(0, max.rows * depth), max.rows * Math.max(depth, columns))
      const slots = pipelineDepth > 1 ? 2 : 1
      const scratch = (firstSlot + slots * slotSize) * elementBytes
      for (const [row, rows, i] of splitEvenly(m, max.rows)) {
        const aScratch = firstSlot + (i % slots) * slotSize
        const aBlock: Block = [row, rows, depthStart, depth]
        const aOffset = byColumns
          ? loadStoredBlock(kernels, aScratch, a, m, [depthStart, depth, row, rows])
          : loadBlock(kernels, aScratch, a, transpose.a ? m : k, transpose.a, aBlock)
        const c = outOffset === undefined ? alignedEnd(aScratch, rows * depth) : outOffset + row * n
        const accumulate = depthStart > 0
        if (accumulate) copyBlockIn(kernels, c, out, n, [row, rows, column, columns])
        // Of a transposed A the rows of several parts are copied in at once, since copying a few of its columns is slow.
        const partRows = rowsPerPart(rows, transpose.a ? pipelineDepth : 1)
        for (let first = 0; first < rows; first += partRows) {
          const count = Math.min(partRows, rows - first)
          const from = c + first * columns
          const x = (aOffset + first * (byColumns ? 1 : depth)) * elementBytes
          const [y, z] = [bOffset * elementBytes, from * elementBytes]
          if (byColumns) {
            kernels.multiplyColumns(x, y, z, count, depth, columns, accumulate, rows * elementBytes, scratch)
          } else if (byRows) {
            kernels.multiplyRows(x, y, z, count, depth, columns, accumulate, skipZeros, scratch)
          } else {
            kernels.multiply(x, panels * elementBytes, z, count, depth, columns, accumulate)
          }
          const block: Block = [row + first, count, column, columns]
          kernels.onComplete(() => outOffset ?? copyBlockOut(kernels, from, out, n, block))
        }
      }
      kernels.flush()
    }
  }
}

/** Returns the maximum size of a block. A is split across its stored rows if possible, so that its blocks are contiguous. */
function maxBlockSizes(
  m: number,
  k: number,
  n: number,
  { elementBytes, pipelineDepth }: Kernels,
  isATransposed: boolean,
): { columns: number; rows: number; depth: number } {
  const maxElements = MAX_BLOCK_BYTES / elementBytes
  const columns = Math.min(n, MAX_BLOCK_COLUMNS)
  const maxDepth = Math.min(k, MAX_BLOCK_DEPTH_BYTES / elementBytes)
  const maxRows = Math.floor(maxElements / (isATransposed ? columns : Math.max(maxDepth, columns)))
  const rows = Math.min(maxRows, isATransposed ? m : roundUpToMultipleOf4(m / pipelineDepth))
  return {
    columns,
    rows,
    depth: isATransposed ? Math.min(maxDepth, Math.floor(maxElements / rows)) : maxDepth,
  }
}

/** Whether at least half of the elements seem to be 0, estimated from samples that do not align with the rows. */
function isMostlyZeros(x: FloatArray): boolean {
  let zeros = 0
  for (let i = 1; i <= ZERO_SAMPLES; i++) {
    if (x[Math.floor(((i * GOLDEN_STEP) % 1) * x.length)] === 0) zeros++
  }
  return zeros >= ZERO_SAMPLES / 2
}

/** Whether none of the elements at an offset is NaN or infinite; overwrites the four elements after them by zeros. */
export function isAllFinite(
  { memory, elementBytes, allFinite }: Kernels,
  offset: number,
  count: number,
): boolean {
  memory.fill(0, offset + count, offset + count + 4)
  return allFinite(offset * elementBytes, count) !== 0
}

/** Returns the offset of a block of an operand, transposed back if the operand is stored transposed. */
function loadBlock(
  kernels: Kernels,
  scratch: number,
  source: FloatArray,
  stride: number,
  isTransposed: boolean,
  block: Block,
): number {
  if (!isTransposed) return loadStoredBlock(kernels, scratch, source, stride, block)
  const [row, rows, column, columns] = block
  const { elementBytes } = kernels
  const storedBlock: Block = [column, columns, row, rows]
  const stored = loadStoredBlock(kernels, alignedEnd(scratch, rows * columns), source, stride, storedBlock)
  kernels.transpose(stored * elementBytes, scratch * elementBytes, columns, rows)
  return scratch
}

/** Returns the offset of a block of a stored matrix: in place if it is contiguous in the kernels' memory, else of a copy in `scratch`. */
function loadStoredBlock(
  kernels: Kernels,
  scratch: number,
  source: FloatArray,
  stride: number,
  block: Block,
): number {
  const [row, , , columns] = block
  const offset = columns === stride ? offsetInWasm(kernels, source) : undefined
  if (offset !== undefined) return offset + row * stride
  copyBlockIn(kernels, scratch, source, stride, block)
  return scratch
}
