import type { FloatArray } from './dtype.ts'
import type { Tensor } from './tensor.ts'

/** The elements of which it is known at present that none is NaN or infinite. */
const known = new Set<FloatArray>()

/**
 * Runs `compute`, which promises that all elements of `x` are finite and stay so until it is done, and answers what it
 * answers. Products of a compressed matrix with `x` then need not look for NaN and infinities, which 0 times would be
 * NaN; beside a product of a few rows that look takes long. Where the promise is broken, they may be missing in results.
 */
export function assumeFinite<T>({ data }: Tensor, compute: () => T): T {
  if (known.has(data)) return compute()
  known.add(data)
  try {
    return compute()
  } finally {
    known.delete(data)
  }
}

export const isKnownFinite = (data: FloatArray): boolean => known.size > 0 && known.has(data)
