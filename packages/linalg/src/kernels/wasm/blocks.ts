/** Blocks of row-major matrices: how they are aligned in scratch memory, and copied in and out. */
import type { FloatArray } from '../../tensor/dtype.ts'
import type { Kernels } from './kernels.ts'

/**
 * Returns the first free offset after `count` elements at `offset`: aligned to 32 elements, and far enough that vectors
 * written beyond the end (see `assembly/index.ts`) do not reach it.
 */
export const alignedEnd = (offset: number, count: number): number => (offset + count + 39) & ~31

/** Minimum size of a row of B for which threads divide the columns: each thread then reads only its part of B. */
const MIN_ROW_BYTES_TO_SPLIT_COLUMNS = 1024

/** Whether threads divide the columns of a product with rows of n elements, and not its rows. */
export const splitsByColumns = (n: number, elementBytes: number): boolean =>
  n * elementBytes >= MIN_ROW_BYTES_TO_SPLIT_COLUMNS

/** A block of a row-major matrix: its first row, number of rows, first column, number of columns. */
export type Block = readonly [row: number, rows: number, column: number, columns: number]

/** Copies a block of `source`, whose rows have `stride` elements, to an offset in memory, where its rows are contiguous. */
export function copyBlockIn(
  { memory }: Kernels,
  offset: number,
  source: FloatArray,
  stride: number,
  [row, rows, column, columns]: Block,
): void {
  if (columns === stride) {
    const isAll = rows * stride === source.length
    memory.set(isAll ? source : source.subarray(row * stride, (row + rows) * stride), offset)
    return
  }
  for (let r = 0; r < rows; r++) {
    const from = (row + r) * stride + column
    memory.set(source.subarray(from, from + columns), offset + r * columns)
  }
}

/** Copies a block with contiguous rows at an offset in memory to its position in `target`, whose rows have `stride` elements. */
export function copyBlockOut(
  { memory }: Kernels,
  offset: number,
  target: FloatArray,
  stride: number,
  [row, rows, column, columns]: Block,
): void {
  if (columns === stride) {
    target.set(memory.subarray(offset, offset + rows * columns), row * stride)
    return
  }
  for (let r = 0; r < rows; r++) {
    const from = offset + r * columns
    target.set(memory.subarray(from, from + columns), (row + r) * stride + column)
  }
}
