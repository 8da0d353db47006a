/** Sums in a fixed tree, whose bits do not depend on who computes which part. */
import type { FloatArray } from '@gosa/linalg'

/**
 * Adds neighbouring parts until one is left, in place: parts 0 and 1, 2 and 3, …, then their sums. A part without a neighbour
 * passes on unchanged. Returns the sum, which is the first part.
 *
 *     ((p₀ + p₁) + (p₂ + p₃)) + p₄
 *
 * A process that has 2ᵏ neighbouring parts, the first at a multiple of 2ᵏ, computes a whole subtree of the sum of all.
 */
export function treeSum<A extends FloatArray>(parts: readonly A[]): A {
  for (let distance = 1; distance < parts.length; distance *= 2) {
    for (let i = 0; i + distance < parts.length; i += 2 * distance) {
      const [sum, other] = [parts[i], parts[i + distance]]
      for (let j = 0; j < sum.length; j++) sum[j] += other[j]
    }
  }
  return parts[0]
}

/**
 * Returns how many neighbouring parts, of which each process has `count`, make whole subtrees that a process can sum alone: the
 * largest power of two that divides `count`.
 */
export const partsPerSubtree = (count: number): number => count & -count
