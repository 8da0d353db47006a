/** `logSoftmax` of the wasm backend. */
import type { Backend } from '../backend.ts'
import { js } from '../js/index.ts'
import { offsetInWasm, writableOffset } from './arena.ts'
import { alignedEnd } from './blocks.ts'
import type { KernelsFor } from './kernels.ts'

/** Maximum number of elements per kernel call on scratch memory. */
const MAX_CHUNK_ELEMENTS = 64 * 1024

/** In place, or as many rows per call as fit. Rows of more than 65,536 classes are left to the reference. */
export const createLogSoftmax =
  (kernelsFor: KernelsFor): Backend['logSoftmax'] =>
  (x, out, { rows, columns }) => {
    if (columns > MAX_CHUNK_ELEMENTS) return js.logSoftmax(x, out, { rows, columns })
    const kernels = kernelsFor(x)
    const { memory, scratchStart, elementBytes } = kernels
    const [from, to] = [offsetInWasm(kernels, x), writableOffset(kernels, out)]
    if (from !== undefined && to !== undefined) {
      return kernels.logSoftmax(from * elementBytes, to * elementBytes, rows, columns)
    }
    const chunkRows = Math.max(1, Math.floor(MAX_CHUNK_ELEMENTS / columns))
    const result = alignedEnd(scratchStart, MAX_CHUNK_ELEMENTS)
    for (let row = 0; row < rows; row += chunkRows) {
      const count = Math.min(chunkRows, rows - row)
      const [start, end] = [row * columns, (row + count) * columns]
      memory.set(count === rows ? x : x.subarray(start, end), scratchStart)
      kernels.logSoftmax(scratchStart * elementBytes, result * elementBytes, count, columns)
      out.set(memory.subarray(result, result + end - start), start)
    }
  }
