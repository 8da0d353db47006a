/** `sum` and `max` along an axis, of the wasm backend. */
import type { Backend } from '../backend.ts'
import { js } from '../js/index.ts'
import { offsetInWasm, writableOffset } from './arena.ts'
import { alignedEnd } from './blocks.ts'
import type { KernelsFor } from './kernels.ts'

/** Maximum number of elements of the operand per kernel call on scratch memory. */
const MAX_CHUNK_ELEMENTS = 256 * 1024

/** Minimum length of the inner axis for which vectors along it pay. */
const MIN_INNER_LENGTH = 4

/** Minimum number of elements for which a call into wasm pays. */
const MIN_WASM_ELEMENTS = 64

/**
 * Vectors run along the inner axis. If that is short, or one reduction does not fit into scratch memory, the reference
 * does the work: both add in float64 and in the same order, so the bits are the same.
 */
export const createReduce =
  (kernelsFor: KernelsFor): Backend['reduce'] =>
  (reduction, x, out, { outer, length, inner }) => {
    const blockSize = length * inner
    if (inner < MIN_INNER_LENGTH || blockSize > MAX_CHUNK_ELEMENTS || x.length < MIN_WASM_ELEMENTS) {
      return js.reduce(reduction, x, out, { outer, length, inner })
    }
    const kernels = kernelsFor(x)
    const { memory, scratchStart, elementBytes } = kernels
    const from = offsetInWasm(kernels, x)
    if (from !== undefined && out.length <= MAX_CHUNK_ELEMENTS) {
      const to = writableOffset(kernels, out)
      const result = to ?? scratchStart
      kernels[reduction](from * elementBytes, result * elementBytes, outer, length, inner)
      if (to === undefined) out.set(memory.subarray(scratchStart, scratchStart + out.length))
      return
    }
    const chunkBlocks = Math.floor(MAX_CHUNK_ELEMENTS / blockSize)
    for (let first = 0; first < outer; first += chunkBlocks) {
      const count = Math.min(chunkBlocks, outer - first)
      const result = alignedEnd(scratchStart, count * blockSize)
      memory.set(x.subarray(first * blockSize, (first + count) * blockSize), scratchStart)
      kernels[reduction](scratchStart * elementBytes, result * elementBytes, count, length, inner)
      out.set(memory.subarray(result, result + count * inner), first * inner)
    }
  }
