import type { Backend } from '../backend.ts'
import type { FloatArray } from '../dtype.ts'
import type { Kernels, KernelsFor } from './module.ts'
import { type Block, behind, copyIn, copyOut } from './place.ts'

/** So many rows of A, columns of B, and bytes of a row of A are worked on at once: what fits into scratch memory. */
const ROWS = 256
const COLUMNS = 512
const DEPTH_BYTES = 4096

/**
 * The product block by block: a block of B is packed, then the blocks of A that meet it are copied in one after the
 * other and their part of C is copied out. Where k is cut too, C comes back in and is added to, in the order of k, so
 * blocking changes no bit.
 */
export const matmulWith =
  (kernelsFor: KernelsFor): Backend['matmul'] =>
  (a, b, out, { m, k, n }, transpose) => {
    const kernels = kernelsFor(a)
    if (k === 0) out.fill(0)
    for (const [column, columns] of cut(n, COLUMNS)) {
      for (const [depth, deep] of cut(k, DEPTH_BYTES / kernels.bytes)) {
        const panels = kernels.start
        const operand = behind(panels, deep * (columns + 8))
        fetch(kernels, operand, b, transpose.b ? k : n, transpose.b, [depth, deep, column, columns])
        kernels.pack(operand * kernels.bytes, panels * kernels.bytes, deep, columns)
        for (const [row, rows] of cut(m, ROWS)) {
          const c = behind(operand, rows * deep)
          const block = { row, rows, column, columns }
          fetch(kernels, operand, a, transpose.a ? m : k, transpose.a, [row, rows, depth, deep])
          if (depth > 0) copyIn(kernels, c, out, n, block)
          multiply(kernels, operand, panels, c, [rows, deep, columns], depth > 0)
          copyOut(kernels, c, out, n, block)
        }
      }
    }
  }

/** `total` cut into as few and as equal parts as possible, none longer than `most`: where each begins, its length. */
function cut(total: number, most: number): [start: number, length: number][] {
  if (total === 0) return []
  const length = Math.ceil(total / Math.ceil(total / most))
  const parts: [number, number][] = []
  for (let start = 0; start < total; start += length) parts.push([start, Math.min(length, total - start)])
  return parts
}

/** Copies a block of an operand to `place`; of one that is stored transposed, its mirror image, transposed back. */
function fetch(
  kernels: Kernels,
  place: number,
  source: FloatArray,
  stride: number,
  transposed: boolean,
  [row, rows, column, columns]: readonly [number, number, number, number],
): void {
  if (!transposed) {
    copyIn(kernels, place, source, stride, { row, rows, column, columns })
    return
  }
  const stored = behind(place, rows * columns)
  const mirrored: Block = { row: column, rows: columns, column: row, columns: rows }
  copyIn(kernels, stored, source, stride, mirrored)
  kernels.transpose(stored * kernels.bytes, place * kernels.bytes, columns, rows)
}

function multiply(
  { multiply, bytes }: Kernels,
  a: number,
  panels: number,
  c: number,
  [m, k, n]: readonly [number, number, number],
  accumulate: boolean,
): void {
  multiply(a * bytes, panels * bytes, c * bytes, m, k, n, accumulate)
}
