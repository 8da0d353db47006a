import type { Backend } from '../backend.ts'
import { js } from '../js/index.ts'
import { placeOf, placeToWrite } from './arena.ts'
import { behind } from './blocks.ts'
import type { KernelsFor } from './kernels.ts'

/** Elements that are worked on at once. */
const MOST = 64 * 1024

/** As many rows at once as fit; a row that does not, of more than 65,536 classes, is left to the plain loops. */
export const logSoftmaxWith =
  (kernelsFor: KernelsFor): Backend['logSoftmax'] =>
  (x, out, { rows, columns }) => {
    if (columns > MOST) return js.logSoftmax(x, out, { rows, columns })
    const kernels = kernelsFor(x)
    const { memory, start, bytes } = kernels
    const [there, to] = [placeOf(kernels, x), placeToWrite(kernels, out)]
    if (there !== undefined && to !== undefined) {
      return kernels.logSoftmax(there * bytes, to * bytes, rows, columns)
    }
    const atOnce = Math.max(1, Math.floor(MOST / columns))
    const result = behind(start, MOST)
    for (let row = 0; row < rows; row += atOnce) {
      const count = Math.min(atOnce, rows - row)
      const [from, end] = [row * columns, (row + count) * columns]
      memory.set(count === rows ? x : x.subarray(from, end), start)
      kernels.logSoftmax(start * bytes, result * bytes, count, columns)
      out.set(memory.subarray(result, result + end - from), from)
    }
  }
