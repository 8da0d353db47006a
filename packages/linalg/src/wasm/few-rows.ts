import type { FloatArray } from '../dtype.ts'
import { reach } from './load.ts'
import type { Kernels } from './module.ts'
import { behind } from './place.ts'

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
  const aPlace = behind(start, k * n)
  const c = behind(aPlace, m * k)
  const room = behind(c, m * n)
  memory.set(a, aPlace)
  kernels.multiplyRows(aPlace * bytes, bPlace * bytes, c * bytes, m, k, n, false, false, room * bytes)
  kernels.whenDone(() => out.set(memory.subarray(c, c + m * n)))
  kernels.finish()
}
