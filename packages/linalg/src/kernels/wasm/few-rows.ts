import type { FloatArray } from '../../tensor/dtype.ts'
import { placeToWrite, reach } from './arena.ts'
import { behind } from './blocks.ts'
import type { Kernels } from './kernels.ts'

/** The product of a few rows with a B that fits into one block: without cutting, which would take longer than they do. */
export function multiplyFewRows(
  kernels: Kernels,
  a: FloatArray,
  b: FloatArray,
  out: FloatArray,
  { m, k, n }: { m: number; k: number; n: number },
): void {
  const { memory, start, bytes } = kernels
  const bPlace = reach(kernels, b, start)
  const aPlace = reach(kernels, a, behind(start, k * n))
  const there = placeToWrite(kernels, out)
  const c = there ?? behind(behind(start, k * n), m * k)
  const room = behind(behind(behind(start, k * n), m * k), m * n)
  kernels.multiplyRows(aPlace * bytes, bPlace * bytes, c * bytes, m, k, n, false, false, room * bytes)
  kernels.whenDone(() => there ?? out.set(memory.subarray(c, c + m * n)))
  kernels.finish()
}
