import type { Rng } from '@gosa/linalg'

/**
 * `count` of the numbers 0 to `size − 1`, in order, one at random out of each of `count` stretches of about equal length:
 * so that every part of a tensor is looked at.
 */
export function stratified(size: number, count: number, rng: Rng): Int32Array {
  if (count >= size) return Int32Array.from({ length: size }, (_, i) => i)
  return Int32Array.from({ length: count }, (_, k) => {
    const from = Math.floor((k * size) / count)
    return from + rng.integer(Math.floor(((k + 1) * size) / count) - from)
  })
}

/** How many of `samples` each variable gets: in proportion to the root of its size, and at least 5. */
export function shares(sizes: readonly number[], samples: number): number[] {
  const roots = sizes.map(Math.sqrt)
  const total = roots.reduce((sum, root) => sum + root, 0)
  return sizes.map((size, i) => Math.min(size, Math.max(5, Math.round((samples * roots[i]) / total))))
}
