import type { Backend } from '../backend.ts'
import { placeToWrite, reach } from './arena.ts'
import { cutInto, isAllFinite } from './matmul.ts'
import type { KernelsFor } from './module.ts'
import { behind, isBroad } from './place.ts'

/** What B and C may take of scratch memory each, and the lists that are worked on at once, in bytes. */
const MOST = 2 ** 21

/**
 * The product with an `A` that is given as lists, as many of its rows at once as fit; where it is used transposed, each
 * such part adds to C in the order of k. Left to `matmul` where A has no rows, B or C do not fit, or B has NaN or infinities, which
 * would make NaN of a zero.
 */
export const matmulListsWith =
  (kernelsFor: KernelsFor): NonNullable<Backend['matmulLists']> =>
  ({ starts, elements, palette }, b, out, { m, k, n }, transposed) => {
    const rows = transposed ? k : m
    const kernels = kernelsFor(b, starts[rows] * n)
    const { memory, start, bytes, pieces } = kernels
    const most = MOST / bytes
    if (rows === 0 || k * n > most || (transposed && m * n > most) || longest(starts, rows) * 2 + n > most)
      return false
    const bPlace = reach(kernels, b, start)
    if (!isAllFinite(kernels, bPlace, k * n)) return false
    const colours = behind(start, k * n)
    memory.set(palette, colours)
    const there = placeToWrite(kernels, out)
    const work = behind(colours, palette.length)
    /** Rows of C go where they belong, or to work memory and from there to `out`. */
    const deliver = (c: number, row: number, count: number) => {
      if (there === undefined) kernels.whenDone(() => out.set(memory.subarray(c, c + count * n), row * n))
    }
    const words = new Int32Array(memory.buffer)
    const singleBytes = new Uint8Array(memory.buffer)
    const width = transposed ? 0 : n
    for (let row = 0, next = 0; row < rows; row = next) {
      next = row + 1
      while (next < rows && 2 * (starts[next + 1] - starts[row]) + (next + 1 - row) * width <= most) next++
      const startsPlace = behind(work, transposed ? m * n : (next - row) * n)
      const lists = behind(startsPlace, next - row + 1)
      const count = starts[next] - starts[row]
      words.set(starts.subarray(row, next + 1), (startsPlace * bytes) / 4)
      singleBytes.set(elements.subarray(3 * starts[row], 3 * starts[next]), lists * bytes)
      // Where the list of a row that starts at 0 would be.
      const l = lists * bytes - 3 * starts[row]
      const c = there === undefined ? work : transposed ? there : there + row * n
      const [s, x, y, colour] = [startsPlace * bytes, bPlace * bytes, c * bytes, colours * bytes]
      if (transposed) {
        const turned = behind(lists, count)
        const values = behind(turned, m + 2)
        const [t, v, p] = [turned * bytes, values * bytes, behind(values, count) * bytes]
        kernels.turn(s, l, colour, m, next - row, t, v, p)
        for (const [i, part] of cutInto(pieces, m)) {
          kernels.multiplyTurned(t + 4 * i, x + row * n * bytes, y + i * n * bytes, part, n, row > 0, v, p)
          if (next === rows) deliver(c + i * n, i, part)
        }
      } else {
        for (const [i, part] of cutInto(isBroad(n, bytes) ? 1 : pieces, next - row)) {
          kernels.multiplyLists(s + 4 * i, x, y + i * n * bytes, part, n, n, l, colour)
          deliver(c + i * n, row + i, part)
        }
      }
      kernels.finish()
    }
    return true
  }

function longest(starts: Int32Array, rows: number): number {
  let most = 0
  for (let r = 0; r < rows; r++) most = Math.max(most, starts[r + 1] - starts[r])
  return most
}
