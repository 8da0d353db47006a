import type { FloatArray } from '../../tensor/dtype.ts'
import type { Kernels } from './kernels.ts'

/**
 * The place behind `count` elements at `place`, on a boundary of 32 elements and far enough that vectors written
 * beyond an operand's end (see `assembly/index.ts`) meet no other.
 */
export const behind = (place: number, count: number): number => (place + count + 39) & ~31

/** Whether rows of n elements are so long that threads had better share columns than rows: then each needs but its part of B. */
export const isBroad = (n: number, bytes: number): boolean => n * bytes >= 1024

/** A block of a row-major matrix. */
export interface Block {
  readonly row: number
  readonly rows: number
  readonly column: number
  readonly columns: number
}

/** Copies a block of `source`, whose rows have `stride` elements, to `place`, without gaps. */
export function copyIn(
  { memory }: Kernels,
  place: number,
  source: FloatArray,
  stride: number,
  { row, rows, column, columns }: Block,
): void {
  if (columns === stride) {
    const whole = rows * stride === source.length
    memory.set(whole ? source : source.subarray(row * stride, (row + rows) * stride), place)
    return
  }
  for (let r = 0; r < rows; r++) {
    const from = (row + r) * stride + column
    memory.set(source.subarray(from, from + columns), place + r * columns)
  }
}

/** Copies a block from `place` to where it belongs in `target`, whose rows have `stride` elements. */
export function copyOut(
  { memory }: Kernels,
  place: number,
  target: FloatArray,
  stride: number,
  { row, rows, column, columns }: Block,
): void {
  if (columns === stride) {
    target.set(memory.subarray(place, place + rows * columns), row * stride)
    return
  }
  for (let r = 0; r < rows; r++) {
    const from = place + r * columns
    target.set(memory.subarray(from, from + columns), (row + r) * stride + column)
  }
}
