import type { Backend } from '../backend.ts'
import { js } from '../js/index.ts'
import { placeOf, placeToWrite } from './arena.ts'
import { behind } from './blocks.ts'
import type { KernelsFor } from './kernels.ts'

/** Elements of the operand that are worked on at once. */
const MOST = 256 * 1024

/**
 * Vectors run along the inner axis; where that is short, or the block to be summed too long for scratch memory, the
 * plain loops serve as well. Both add in float64 and in the same order, so the bits are the same.
 */
export const reduceWith =
  (kernelsFor: KernelsFor): Backend['reduce'] =>
  (reduction, x, out, { outer, length, inner }) => {
    const block = length * inner
    if (inner < 4 || block > MOST || x.length < 64) {
      return js.reduce(reduction, x, out, { outer, length, inner })
    }
    const kernels = kernelsFor(x)
    const { memory, start, bytes } = kernels
    const there = placeOf(kernels, x)
    if (there !== undefined && out.length <= MOST) {
      const to = placeToWrite(kernels, out)
      kernels[reduction](there * bytes, (to ?? start) * bytes, outer, length, inner)
      if (to === undefined) out.set(memory.subarray(start, start + out.length))
      return
    }
    const atOnce = Math.floor(MOST / block)
    for (let first = 0; first < outer; first += atOnce) {
      const count = Math.min(atOnce, outer - first)
      const result = behind(start, count * block)
      memory.set(x.subarray(first * block, (first + count) * block), start)
      kernels[reduction](start * bytes, result * bytes, count, length, inner)
      out.set(memory.subarray(result, result + count * inner), first * inner)
    }
  }
