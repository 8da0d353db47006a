/** `assumeFinite`: a promise that spares products of compressed matrices a scan for NaN and infinities. */
import type { FloatArray } from '../tensor/dtype.ts'
import type { Tensor } from '../tensor/tensor.ts'

/** The arrays that are currently promised to hold finite numbers only. */
const promised = new Set<FloatArray>()

/**
 * Returns what `compute` returns. The caller promises that all elements of `x` are finite until then, so products of a
 * compressed matrix with `x` need not scan it for NaN and infinities (0·∞ is NaN, so zeros could not be skipped). For a
 * product of a few rows that scan takes longer than the product. If the promise is broken, results may lack NaN.
 */
export function assumeFinite<T>({ data }: Tensor, compute: () => T): T {
  if (promised.has(data)) return compute()
  promised.add(data)
  try {
    return compute()
  } finally {
    promised.delete(data)
  }
}

/** Whether the elements are promised to be finite. */
export const isAssumedFinite = (data: FloatArray): boolean => promised.size > 0 && promised.has(data)
