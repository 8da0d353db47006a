import type { Kernels } from '../wasm/module.ts'
import type { Job } from './job.ts'

/** Runs a job, cut into parts of whole units of so many rows. */
type Run = (job: Omit<Job, 'partRows'>, unit: number) => void

/** The rows of a tile: see `assembly/tile.ts`. */
const TILE = 4

/** The same kernels, but those that compute products are run as jobs. */
export function sharedOut(kernels: Kernels, run: Run): Kernels {
  const { bytes } = kernels
  const [wide, lanes] = [bytes === 8, 16 / bytes]
  return {
    ...kernels,
    multiply: (a, b, c, m, k, n, more) => {
      const others = [k, n, Number(more)]
      run({ product: 'multiply', wide, a, aStep: k * bytes, b, c, cStep: n * bytes, m, others }, TILE)
    },
    multiplyRows: (a, b, c, m, k, n, more, skipZeros, room) => {
      const others = [k, n, Number(more), Number(skipZeros)]
      const rooms = { room, roomStep: 2 * k * bytes + 64 }
      run(
        { product: 'multiplyRows', wide, a, aStep: k * bytes, b, c, cStep: n * bytes, m, others, ...rooms },
        1,
      )
    },
    multiplyColumns: (a, b, c, m, k, n, more, aStride, room) => {
      const others = [k, n, Number(more), aStride]
      const rooms = { room, roomStep: 8 * k * bytes + 256 }
      run(
        { product: 'multiplyColumns', wide, a, aStep: bytes, b, c, cStep: n * bytes, m, others, ...rooms },
        lanes,
      )
    },
    multiplyLists: (starts, b, c, m, n, more, lists, first) => {
      const others = [n, Number(more), lists, first]
      run({ product: 'multiplyLists', wide, a: starts, aStep: 4, b, c, cStep: n * bytes, m, others }, 1)
    },
    multiplyTurned: (starts, b, c, m, n, more, values, places) => {
      const others = [n, Number(more), values, places]
      run({ product: 'multiplyTurned', wide, a: starts, aStep: 4, b, c, cStep: n * bytes, m, others }, 1)
    },
  }
}
