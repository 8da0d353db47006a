import type { FloatArray } from '../../tensor/dtype.ts'
import type { Backend } from '../backend.ts'
import { placeOf, placeToWrite } from './arena.ts'
import { type Block, behind, copyIn, copyOut } from './blocks.ts'
import { multiplyFewRows } from './few-rows.ts'
import type { Kernels, KernelsFor } from './kernels.ts'
import { cut, partLength, upToFour } from './split.ts'

/** What one block of an operand or of the result may take of scratch memory, in bytes; a block of B twice that. */
const BLOCK = 2 ** 20
const COLUMNS = 512
/** A row of a block of A, in bytes. */
const DEPTH = 4096

/** For so few rows of A it does not pay to pack B. */
const FEW = 3

/**
 * Where A has few rows, these are multiplied without more ado; where it is mostly zeros, and no infinity in B would make
 * NaN of one, they are skipped, row by row or, where A is stored transposed, column by column; else B is packed and the
 * product computed tile by tile. The bits are the same.
 */
export const matmulWith =
  (kernelsFor: KernelsFor): Backend['matmul'] =>
  (a, b, out, { m, k, n }, transpose) => {
    const sparse = m > FEW && n * a.BYTES_PER_ELEMENT >= 96 && isMostlyZeros(a)
    const kernels = kernelsFor(b, sparse ? (m * k * n) / 4 : m * k * n)
    if (m <= FEW && k * n * kernels.bytes <= BLOCK && !transpose.a && !transpose.b) {
      return multiplyFewRows(kernels, a, b, out, { m, k, n })
    }
    multiplyBlocks(kernels, a, b, out, { m, k, n }, transpose, sparse)
  }

/**
 * The product block by block: a block of B is brought in, then the blocks of A that meet it are, one after the other,
 * and their part of C is copied out. Where k is cut too, C comes back in and is added to, in the order of k, so
 * blocking changes no bit.
 */
function multiplyBlocks(
  kernels: Kernels,
  a: FloatArray,
  b: FloatArray,
  out: FloatArray,
  { m, k, n }: Size,
  transpose: { readonly a: boolean; readonly b: boolean },
  sparse: boolean,
): void {
  const { bytes, pieces } = kernels
  const most = blockSizes(m, k, n, kernels, transpose.a)
  if (k === 0) out.fill(0)
  // Cut along k or n, rows of C are not written one after the other, and what lies behind one may be another's.
  const there = most.deep === k && most.columns === n ? placeToWrite(kernels, out) : undefined
  for (const [column, columns] of cut(n, most.columns)) {
    for (const [depth, deep] of cut(k, most.deep)) {
      const panels = kernels.start
      const bRoom = behind(panels, deep * (columns + 8))
      const bBlock: Part = [depth, deep, column, columns]
      const bPlace = fetch(kernels, bRoom, b, transpose.b ? k : n, transpose.b, bBlock)
      const skip = sparse && isAllFinite(kernels, bPlace, deep * columns)
      const byRows = skip || m <= FEW
      const byColumns = skip && transpose.a
      if (!byRows) kernels.pack(bPlace * bytes, panels * bytes, deep, columns)
      // Once it is packed, B is not needed as it came.
      const first = byRows || pieces > 1 ? behind(bRoom, deep * columns) : bRoom
      // Blocks of A and C; two in turn where one comes in while another is multiplied.
      const space = behind(behind(0, most.rows * deep), most.rows * Math.max(deep, columns))
      const slots = pieces > 1 ? 2 : 1
      const room = (first + slots * space) * bytes
      for (const [row, rows, i] of cut(m, most.rows)) {
        const aRoom = first + (i % slots) * space
        const aPlace = byColumns
          ? bring(kernels, aRoom, a, m, { row: depth, rows: deep, column: row, columns: rows })
          : fetch(kernels, aRoom, a, transpose.a ? m : k, transpose.a, [row, rows, depth, deep])
        const c = there === undefined ? behind(aRoom, rows * deep) : there + row * n
        if (depth > 0) copyIn(kernels, c, out, n, { row, rows, column, columns })
        // Of a transposed A several pieces came in at once, since copying a few of its columns takes long.
        const length = partLength(rows, transpose.a ? pieces : 1)
        for (let i = 0; i < rows; i += length) {
          const part = Math.min(length, rows - i)
          const from = c + i * columns
          const x = (aPlace + i * (byColumns ? 1 : deep)) * bytes
          const [y, z, more] = [bPlace * bytes, from * bytes, depth > 0]
          if (byColumns) kernels.multiplyColumns(x, y, z, part, deep, columns, more, rows * bytes, room)
          else if (byRows) kernels.multiplyRows(x, y, z, part, deep, columns, more, skip, room)
          else kernels.multiply(x, panels * bytes, z, part, deep, columns, more)
          const block = { row: row + i, rows: part, column, columns }
          kernels.whenDone(() => there ?? copyOut(kernels, from, out, n, block))
        }
      }
      kernels.finish()
    }
  }
}

interface Size {
  readonly m: number
  readonly k: number
  readonly n: number
}

/** What is cut, is cut across the stored rows of A where possible, so that blocks of it lie in one piece. */
function blockSizes(m: number, k: number, n: number, { bytes, pieces }: Kernels, transposed: boolean) {
  const most = BLOCK / bytes
  const columns = Math.min(n, COLUMNS)
  const deepest = Math.min(k, DEPTH / bytes)
  const fitting = Math.floor(most / (transposed ? columns : Math.max(deepest, columns)))
  const rows = Math.min(fitting, transposed ? m : upToFour(m / pieces))
  return { columns, rows, deep: transposed ? Math.min(deepest, Math.floor(most / rows)) : deepest }
}

/** Whether at least half of the elements seem to be 0, judged by 64 that are spread evenly, but to no rhythm. */
function isMostlyZeros(x: FloatArray): boolean {
  let zeros = 0
  for (let i = 1; i <= 64; i++) {
    if (x[Math.floor(((i * 0.6180339887498949) % 1) * x.length)] === 0) zeros++
  }
  return zeros >= 32
}

/** Whether none of the elements from `place` on is NaN or infinite. */
export function isAllFinite({ memory, bytes, allFinite }: Kernels, place: number, count: number): boolean {
  memory.fill(0, place + count, place + count + 4)
  return allFinite(place * bytes, count) !== 0
}

type Part = readonly [row: number, rows: number, column: number, columns: number]

/** A block of an operand, at the place that is answered; of one that is stored transposed, its mirror image, transposed back. */
function fetch(
  kernels: Kernels,
  room: number,
  source: FloatArray,
  stride: number,
  transposed: boolean,
  [row, rows, column, columns]: Part,
): number {
  if (!transposed) return bring(kernels, room, source, stride, { row, rows, column, columns })
  const mirrored: Block = { row: column, rows: columns, column: row, columns: rows }
  const stored = bring(kernels, behind(room, rows * columns), source, stride, mirrored)
  kernels.transpose(stored * kernels.bytes, room * kernels.bytes, columns, rows)
  return room
}

/** A block of an operand: where it lies, if the kernels reach it there and it has no gaps, else at `room`, to which it is copied. */
function bring(kernels: Kernels, room: number, source: FloatArray, stride: number, block: Block): number {
  const there = block.columns === stride ? placeOf(kernels, source) : undefined
  if (there !== undefined) return there + block.row * stride
  copyIn(kernels, room, source, stride, block)
  return room
}
