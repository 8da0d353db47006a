/** `matmul` of the wasm backend: chooses among four kernels with the same bits, and computes block by block. */
import type { FloatArray } from '../../tensor/shape.ts'
import type { Backend, ProductSize } from '../backend.ts'
import type { MemoryFor, WasmMemory } from './memory.ts'

/** Maximum size of a block of A and of the result. */
const MAX_BLOCK_BYTES = 2 ** 20

/** Maximum number of columns of a block of B and of the result. */
const MAX_COLUMNS = 512

/** Maximum size of a row of a block of A, which is its depth; `MAX_COMPACTED_BYTES` of `assembly/thread-local.ts`. */
const MAX_DEPTH_BYTES = 4096

/**
 * Maximum depth of one sum; deeper products are sums of such sums, since rounding errors of float32 would grow to
 * percents. The error of an element is at most `(MAX_SUM_DEPTH + k / MAX_SUM_DEPTH)·u·Σ|a·b|`, with u = 2⁻²⁴ in float32.
 */
export const MAX_SUM_DEPTH = 16_384

/** Maximum number of rows of A for which B is not packed: packing would take longer than the product. */
const MAX_UNPACKED_ROWS = 3

/** Minimum size of a row of B for which skipping zeros of A pays. */
const MIN_ROW_BYTES_TO_SKIP_ZEROS = 96

/** Number of elements of A that are sampled to estimate whether it is mostly zeros. */
const ZERO_SAMPLES = 64

/** The golden ratio minus 1: its multiples, modulo 1, are spread evenly without a period. */
const GOLDEN_STEP = 0.6180339887498949

/** A block of a row-major matrix: its first row, number of rows, first column, number of columns. */
type Block = readonly [row: number, rows: number, column: number, columns: number]

/**
 * A few rows of A are multiplied by an unpacked B. If A is mostly zeros and B is finite, zeros are skipped, row by row, or
 * column by column if A is stored transposed. Otherwise B is packed and the product computed tile by tile.
 *
 * A block of B is loaded, then each block of A that meets it, and their part of C is stored. If k is split too, C is loaded
 * again and accumulated in the order of k, so blocks change no bit.
 */
export const createMatmul =
  (memoryFor: MemoryFor): Backend['matmul'] =>
  (a, b, out, size, transpose) => {
    const { m, k, n } = size
    const bytes = b.BYTES_PER_ELEMENT
    const memory = memoryFor(b)
    if (k === 0) out.fill(0)
    if (k > MAX_SUM_DEPTH) return sumOfProducts(memoryFor, a, b, out, size, transpose)
    if (m <= MAX_UNPACKED_ROWS && k * n * bytes <= MAX_BLOCK_BYTES && !transpose.a && !transpose.b) {
      return multiplyFewRows(memory, a, b, out, size)
    }
    const kernels = memory.kernels(b)
    const isSparse = m > MAX_UNPACKED_ROWS && n * bytes >= MIN_ROW_BYTES_TO_SKIP_ZEROS && isMostlyZeros(a)
    const max = maxBlockSizes(size, bytes, transpose.a)
    for (const [column, columns] of splitEvenly(n, max.columns)) {
      for (const [depth, depths] of splitEvenly(k, max.depth)) {
        memory.reset()
        const bBlock = loadBlock(memory, b, transpose.b ? k : n, transpose.b, [
          depth,
          depths,
          column,
          columns,
        ])
        const skipZeros = isSparse && kernels.allFinite(bBlock, depths * columns) !== 0
        const byRows = m <= MAX_UNPACKED_ROWS
        const packed = byRows || skipZeros ? 0 : pack(memory, b, bBlock, depths, columns)
        const free = memory.mark()
        for (const [row, rows] of splitEvenly(m, max.rows)) {
          memory.reset(free)
          const byColumns = skipZeros && transpose.a
          const aBlock = byColumns
            ? loadStoredBlock(memory, a, m, [depth, depths, row, rows])
            : loadBlock(memory, a, transpose.a ? m : k, transpose.a, [row, rows, depth, depths])
          const cBlock: Block = [row, rows, column, columns]
          const accumulate = depth > 0
          const c = accumulate ? loadStoredBlock(memory, out, n, cBlock) : targetBlock(memory, out, n, cBlock)
          if (byColumns) {
            kernels.multiplySparseColumns(aBlock, bBlock, c, rows, depths, columns, accumulate, rows * bytes)
          } else if (skipZeros) {
            kernels.multiplySparseRows(aBlock, bBlock, c, rows, depths, columns, accumulate)
          } else if (byRows) {
            kernels.multiplyRows(aBlock, bBlock, c, rows, depths, columns, accumulate)
          } else {
            kernels.multiply(aBlock, packed, c, rows, depths, columns, accumulate)
          }
          storeBlock(memory, c, out, n, cBlock)
        }
      }
    }
  }

/** The product of a few rows with a B that fits into one block: no splitting, which would take longer than the product. */
function multiplyFewRows(
  memory: WasmMemory,
  a: FloatArray,
  b: FloatArray,
  out: FloatArray,
  { m, k, n }: ProductSize,
): void {
  memory.reset()
  const c = memory.target(out)
  memory.kernels(b).multiplyRows(memory.load(a), memory.load(b), c, m, k, n, false)
  memory.store(c, out)
}

/** The product as the sum of products of depth `MAX_SUM_DEPTH` at most. */
function sumOfProducts(
  memoryFor: MemoryFor,
  a: FloatArray,
  b: FloatArray,
  out: FloatArray,
  { m, k, n }: ProductSize,
  transpose: { readonly a: boolean; readonly b: boolean },
): void {
  const matmul = createMatmul(memoryFor)
  const product = out.slice()
  for (let start = 0; start < k; start += MAX_SUM_DEPTH) {
    const depth = Math.min(MAX_SUM_DEPTH, k - start)
    const aPart = transpose.a ? a.subarray(start * m, (start + depth) * m) : columnsOf(a, k, start, depth)
    const bPart = transpose.b ? columnsOf(b, k, start, depth) : b.subarray(start * n, (start + depth) * n)
    matmul(aPart, bPart, start === 0 ? out : product, { m, k: depth, n }, transpose)
    if (start > 0) for (let i = 0; i < out.length; i++) out[i] += product[i]
  }
}

/** Returns a copy of some columns of a matrix whose rows have `stride` elements. */
function columnsOf(x: FloatArray, stride: number, start: number, columns: number): FloatArray {
  const rows = x.length / stride
  const copy = x.slice(0, rows * columns)
  for (let r = 0; r < rows; r++) {
    copy.set(x.subarray(r * stride + start, r * stride + start + columns), r * columns)
  }
  return copy
}

/** Returns the maximum size of a block. A is split across its stored rows if possible, so that its blocks are contiguous. */
function maxBlockSizes(
  { m, k, n }: ProductSize,
  bytes: number,
  isATransposed: boolean,
): { columns: number; rows: number; depth: number } {
  const maxElements = MAX_BLOCK_BYTES / bytes
  const columns = Math.min(n, MAX_COLUMNS)
  const maxDepth = Math.min(k, MAX_DEPTH_BYTES / bytes)
  const maxRows = Math.floor(maxElements / (isATransposed ? columns : Math.max(maxDepth, columns)))
  const rows = Math.min(maxRows, m)
  return {
    columns,
    rows,
    depth: isATransposed ? Math.min(maxDepth, Math.floor(maxElements / rows)) : maxDepth,
  }
}

/**
 * Splits `total` into the fewest nearly equal parts of at most `max`, in multiples of 4, which is the height of a tile:
 * returns the start and length of each.
 */
function splitEvenly(total: number, max: number): [start: number, length: number][] {
  if (total <= max) return total === 0 ? [] : [[0, total]]
  const length = Math.min(max, Math.ceil(total / Math.ceil(total / max) / 4) * 4)
  const parts: [number, number][] = []
  for (let start = 0; start < total; start += length) parts.push([start, Math.min(length, total - start)])
  return parts
}

/** Whether at least half of the elements seem to be 0, estimated from samples that do not align with the rows. */
function isMostlyZeros(x: FloatArray): boolean {
  let zeros = 0
  for (let i = 1; i <= ZERO_SAMPLES; i++) {
    if (x[Math.floor(((i * GOLDEN_STEP) % 1) * x.length)] === 0) zeros++
  }
  return zeros >= ZERO_SAMPLES / 2
}

/** Packs a block of B; returns the address of its panels. */
function pack(memory: WasmMemory, b: FloatArray, address: number, depth: number, columns: number): number {
  const panels = memory.scratch(depth * (columns + 8) * b.BYTES_PER_ELEMENT)
  memory.kernels(b).pack(address, panels, depth, columns)
  return panels
}

/** Returns the address of a block of an operand, transposed back if the operand is stored transposed. */
function loadBlock(
  memory: WasmMemory,
  source: FloatArray,
  stride: number,
  isTransposed: boolean,
  block: Block,
): number {
  if (!isTransposed) return loadStoredBlock(memory, source, stride, block)
  const [row, rows, column, columns] = block
  const address = memory.scratch(rows * columns * source.BYTES_PER_ELEMENT)
  const stored = loadStoredBlock(memory, source, stride, [column, columns, row, rows])
  memory.kernels(source).transpose(stored, address, columns, rows)
  return address
}

/** Returns the address of a block of a stored matrix: in place if its rows are whole, else of a contiguous copy. */
function loadStoredBlock(memory: WasmMemory, source: FloatArray, stride: number, block: Block): number {
  const [row, rows, column, columns] = block
  if (columns === stride) return memory.load(wholeRows(source, stride, block))
  const address = memory.scratch(rows * columns * source.BYTES_PER_ELEMENT)
  const elements = memory.elements(source)
  for (let r = 0, to = address / source.BYTES_PER_ELEMENT; r < rows; r++, to += columns) {
    const from = (row + r) * stride + column
    elements.set(source.subarray(from, from + columns), to)
  }
  return address
}

/** Returns the address at which a block of the result is computed: in place if its rows are whole. */
const targetBlock = (memory: WasmMemory, out: FloatArray, stride: number, block: Block): number =>
  block[3] === stride
    ? memory.target(wholeRows(out, stride, block))
    : memory.scratch(block[1] * block[3] * out.BYTES_PER_ELEMENT)

/** Copies a block with contiguous rows at an address to its position in `out`, unless it is there. */
function storeBlock(
  memory: WasmMemory,
  address: number,
  out: FloatArray,
  stride: number,
  block: Block,
): void {
  const [row, rows, column, columns] = block
  if (columns === stride) {
    memory.store(address, wholeRows(out, stride, block))
    return
  }
  const elements = memory.elements(out)
  for (let r = 0, from = address / out.BYTES_PER_ELEMENT; r < rows; r++, from += columns) {
    out.set(elements.subarray(from, from + columns), (row + r) * stride + column)
  }
}

const wholeRows = (x: FloatArray, stride: number, [row, rows]: Block): FloatArray =>
  rows * stride === x.length ? x : x.subarray(row * stride, (row + rows) * stride)
