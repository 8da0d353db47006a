import { isAssumedFinite } from '../../sparse/assume-finite.ts'
import type { CompressedRows } from '../../sparse/csr-matrix.ts'
import type { FloatArray } from '../../tensor/dtype.ts'
import type { Backend } from '../backend.ts'
import { placeToWrite, reach } from './arena.ts'
import { behind, isBroad } from './blocks.ts'
import type { Kernels, KernelsFor } from './kernels.ts'
import { isAllFinite } from './matmul.ts'
import { partLength } from './split.ts'

/** What B and C may take of scratch memory each, and the lists that are worked on at once, in bytes. */
const MOST = 2 ** 21

/** What turned lists may take at once: they, and the rows of B that they meet, are to stay in the processor's cache. */
const TURNED = 2 ** 18

/**
 * The product with an `A` that is given as lists, as many of its rows at once as fit; where it is used transposed, each
 * such part adds to C in the order of k. Left to `matmul` where A has no rows, B or C do not fit, or B has NaN or infinities, which
 * would make NaN of a zero.
 */
export const matmulCsrWith =
  (kernelsFor: KernelsFor): NonNullable<Backend['matmulCsr']> =>
  (lists, b, out, { m, k, n }, transposed) => {
    const { rowOffsets: starts, codebook: palette } = lists
    const rows = transposed ? k : m
    const kernels = kernelsFor(b, (starts[rows] - starts[0]) * n)
    const { memory, start, bytes } = kernels
    const most = MOST / bytes
    if (rows === 0 || k * n > most || (transposed && m * n > most) || longest(starts, rows) * 2 + n > most)
      return false
    const bPlace = reach(kernels, b, start)
    if (!isAssumedFinite(b) && !isAllFinite(kernels, bPlace, k * n)) return false
    const colours = behind(start, k * n)
    memory.set(palette, colours)
    const places: Places = { b: bPlace, colours, work: behind(colours, palette.length) }
    if (transposed) multiplyTurned(kernels, lists, places, out, { m, k, n })
    else multiply(kernels, lists, places, out, { m, n })
    return true
  }

/** Where B, the palette, and room for everything else are. */
interface Places {
  readonly b: number
  readonly colours: number
  readonly work: number
}

function multiply(
  kernels: Kernels,
  lists: CompressedRows,
  { b, colours, work }: Places,
  out: FloatArray,
  { m, n }: { m: number; n: number },
): void {
  const { bytes, pieces } = kernels
  const there = placeToWrite(kernels, out)
  for (let row = 0, next = 0; row < m; row = next) {
    next = endOfPart(lists, row, m, MOST / bytes, n)
    const c = there === undefined ? work : there + row * n
    const starts = behind(work, (next - row) * n)
    const elements = bringLists(kernels, lists, row, next, starts)
    const [s, x, y, p] = [starts * bytes, b * bytes, c * bytes, colours * bytes]
    const most = isBroad(n, bytes) ? next - row : partLength(next - row, pieces)
    for (let i = 0; i < next - row; i += most) {
      const part = Math.min(most, next - row - i)
      kernels.multiplyLists(s + 4 * i, x, y + i * n * bytes, part, n, n, elements, p)
      if (there === undefined) deliver(kernels, c + i * n, part * n, out, (row + i) * n)
    }
    kernels.finish()
  }
}

function multiplyTurned(
  kernels: Kernels,
  lists: CompressedRows,
  { b, colours, work }: Places,
  out: FloatArray,
  { m, k, n }: { m: number; k: number; n: number },
): void {
  const { bytes, pieces } = kernels
  const there = placeToWrite(kernels, out)
  const c = there ?? work
  for (let row = 0, next = 0; row < k; row = next) {
    next = endOfPart(lists, row, k, TURNED / bytes, 0)
    const starts = behind(work, m * n)
    const elements = bringLists(kernels, lists, row, next, starts)
    const count = lists.rowOffsets[next] - lists.rowOffsets[row]
    const turned = behind(behind(starts, next - row + 1), count)
    const values = behind(turned, m + 2)
    const places = behind(values, count)
    const [t, v, p] = [turned * bytes, values * bytes, places * bytes]
    kernels.turn(starts * bytes, elements, colours * bytes, m, next - row, t, v, p)
    const [x, y] = [(b + row * n) * bytes, c * bytes]
    const most = partLength(m, pieces)
    for (let i = 0; i < m; i += most) {
      const part = Math.min(most, m - i)
      kernels.multiplyTurned(t + 4 * i, x, y + i * n * bytes, part, n, row > 0, v, p)
      if (there === undefined && next === k) deliver(kernels, c + i * n, part * n, out, i * n)
    }
    kernels.finish()
  }
}

/** How far the lists from `row` on fit together, with `n` more for each row. */
function endOfPart(
  { rowOffsets: starts }: CompressedRows,
  row: number,
  rows: number,
  most: number,
  n: number,
): number {
  let next = row + 1
  while (next < rows && 2 * (starts[next + 1] - starts[row]) + (next + 1 - row) * n <= most) next++
  return next
}

/**
 * Copies some lists in: to `place` where they begin, and behind that the elements. Answers the address at which the list
 * of a row that starts at 0 would be.
 */
function bringLists(
  { words, singleBytes, bytes }: Kernels,
  { rowOffsets: starts, entries: elements }: CompressedRows,
  row: number,
  next: number,
  place: number,
): number {
  // As far behind a multiple of 8 as they are now: into memory that threads share V8 copies others byte by byte.
  const address = behind(place, next - row + 1) * bytes + ((elements.byteOffset + 3 * starts[row]) & 7)
  words.set(starts.subarray(row, next + 1), (place * bytes) / 4)
  singleBytes.set(elements.subarray(3 * starts[row], 3 * starts[next]), address)
  return address - 3 * starts[row]
}

/** Brings a part of C from work memory to where it belongs, when it is done. */
function deliver(kernels: Kernels, from: number, count: number, out: FloatArray, to: number): void {
  kernels.whenDone(() => out.set(kernels.memory.subarray(from, from + count), to))
}

function longest(starts: Int32Array, rows: number): number {
  let most = 0
  for (let r = 0; r < rows; r++) most = Math.max(most, starts[r + 1] - starts[r])
  return most
}
