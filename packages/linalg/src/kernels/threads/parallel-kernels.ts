import { isBroad } from '../wasm/blocks.ts'
import type { Kernels } from '../wasm/kernels.ts'
import { type Job, TAKEN } from './job-queue.ts'

/** What is done with jobs. */
export interface Jobs extends Pick<Kernels, 'whenDone' | 'finish'> {
  /** Begins a job, when the one before is done. */
  begin(job: Job): void
}

/** The rows of a tile: see `assembly/tile.ts`. */
const TILE = 4

/** Pieces of a product: enough that little is left to do while no job is. */
const PIECES = 4

/** The same kernels, but those that multiply begin a job. */
export function sharedOut(kernels: Kernels, { begin, whenDone, finish }: Jobs): Kernels {
  const { bytes } = kernels
  const wide = bytes === 8
  return {
    ...kernels,
    pieces: PIECES,
    whenDone,
    finish,
    multiply: (a, b, c, m, k, n, more) => {
      const numbers = [TAKEN, k, n, Number(more)]
      const rows = { total: m, unit: TILE, aStep: k * bytes, cStep: n * bytes }
      begin({ product: 'multiply', wide, a, b, c, numbers, ...rows })
    },
    multiplyRows: (a, b, c, m, k, n, more, skipZeros, room) => {
      const numbers = [TAKEN, k, n, Number(more), Number(skipZeros)]
      const rows = { total: m, unit: 1, aStep: k * bytes, cStep: n * bytes }
      begin({ product: 'multiplyRows', wide, a, b, c, numbers, room, roomStep: 2 * k * bytes + 64, ...rows })
    },
    multiplyColumns: (a, b, c, m, k, n, more, aStride, room) => {
      const numbers = [TAKEN, k, n, Number(more), aStride]
      const rows = { total: m, unit: 16 / bytes, aStep: bytes, cStep: n * bytes }
      begin({
        product: 'multiplyColumns',
        wide,
        a,
        b,
        c,
        numbers,
        room,
        roomStep: 8 * k * bytes + 256,
        ...rows,
      })
    },
    multiplyLists: (starts, b, c, m, columns, n, lists, palette) => {
      if (isBroad(n, bytes)) {
        const numbers = [m, TAKEN, n, lists, palette]
        const parts = { total: columns, unit: kernels.panelWidth(n), bStep: bytes, cStep: bytes }
        begin({ product: 'multiplyLists', wide, a: starts, b, c, numbers, ...parts })
      } else {
        const numbers = [TAKEN, columns, n, lists, palette]
        const rows = { total: m, unit: 1, aStep: 4, cStep: n * bytes }
        begin({ product: 'multiplyLists', wide, a: starts, b, c, numbers, ...rows })
      }
    },
    multiplyTurned: (starts, b, c, m, n, more, values, places) => {
      const numbers = [TAKEN, n, Number(more), values, places]
      const rows = { total: m, unit: 1, aStep: 4, cStep: n * bytes }
      begin({ product: 'multiplyTurned', wide, a: starts, b, c, numbers, ...rows })
    },
  }
}
