import type { Backend } from '../backend.ts'
import type { FloatArray } from '../dtype.ts'
import type { Kernels, KernelsFor } from './module.ts'
import { type Block, behind, copyIn, copyOut } from './place.ts'

/** So many rows of A, columns of B, and bytes of a row of A are worked on at once: what fits into scratch memory. */
const ROWS = 256
const COLUMNS = 512
const DEPTH_BYTES = 4096

/** For so few rows of A it does not pay to pack B. */
const FEW = 3

/**
 * The product block by block: a block of B is brought in, then the blocks of A that meet it are, one after the other,
 * and their part of C is copied out. Where k is cut too, C comes back in and is added to, in the order of k, so
 * blocking changes no bit.
 *
 * Where A has few rows or is mostly zeros, and no infinity in B would make NaN of a zero, each row is multiplied by
 * itself, skipping zeros; else B is packed and the product computed tile by tile. The bits are the same.
 */
export const matmulWith =
  (kernelsFor: KernelsFor): Backend['matmul'] =>
  (a, b, out, { m, k, n }, transpose) => {
    const kernels = kernelsFor(a)
    const { bytes } = kernels
    const sparse = m > FEW && n * bytes >= 96 && isMostlyZeros(a)
    if (k === 0) out.fill(0)
    for (const [column, columns] of cut(n, COLUMNS)) {
      for (const [depth, deep] of cut(k, DEPTH_BYTES / bytes)) {
        const panels = kernels.start
        const operand = behind(panels, deep * (columns + 8))
        fetch(kernels, operand, b, transpose.b ? k : n, transpose.b, [depth, deep, column, columns])
        const byRows = m <= FEW || (sparse && isAllFinite(kernels, operand, deep * columns))
        if (!byRows) kernels.pack(operand * bytes, panels * bytes, deep, columns)
        const aPlace = byRows ? behind(operand, deep * columns) : operand
        for (const [row, rows] of cut(m, ROWS)) {
          const c = behind(aPlace, rows * deep)
          const room = behind(c, rows * columns)
          const block = { row, rows, column, columns }
          fetch(kernels, aPlace, a, transpose.a ? m : k, transpose.a, [row, rows, depth, deep])
          if (depth > 0) copyIn(kernels, c, out, n, block)
          const [x, y] = [aPlace * bytes, c * bytes]
          if (byRows) {
            kernels.multiplyRows(x, operand * bytes, y, rows, deep, columns, depth > 0, sparse, room * bytes)
          } else kernels.multiply(x, panels * bytes, y, rows, deep, columns, depth > 0)
          copyOut(kernels, c, out, n, block)
        }
      }
    }
  }

/** Whether at least half of the elements seem to be 0, judged by 64 that are spread evenly, but to no rhythm. */
function isMostlyZeros(x: FloatArray): boolean {
  let zeros = 0
  for (let i = 1; i <= 64; i++) {
    if (x[Math.floor(((i * 0.6180339887498949) % 1) * x.length)] === 0) zeros++
  }
  return zeros >= 32
}

function isAllFinite({ memory, bytes, allFinite }: Kernels, place: number, count: number): boolean {
  memory.fill(0, place + count, place + count + 4)
  return allFinite(place * bytes, count) !== 0
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
