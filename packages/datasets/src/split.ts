import { type Rng, type Tensor, takeRows } from '@gosa/linalg'

/** Samples x (N, …), and what belongs to them: a class each, or a row of a tensor. */
export interface Samples<Labels extends Uint8Array | Int32Array | Tensor = Uint8Array | Int32Array | Tensor> {
  readonly x: Tensor
  readonly labels: Labels
}

/**
 * Shares samples out at random, each to exactly one part: `split({ x, labels }, [0.8, 0.1, 0.1], rng)` gives samples to
 * train with, to validate and to test. Parts are rounded so that their sizes add up to N.
 *
 * Throws a `RangeError` where shares are negative, do not add up to 1, or numbers of samples and labels differ.
 */
export function split<Labels extends Uint8Array | Int32Array | Tensor>(
  { x, labels }: Samples<Labels>,
  shares: readonly number[],
  rng: Rng,
): Samples<Labels>[] {
  const N = x.shape[0]
  const count = 'shape' in labels ? labels.shape[0] : labels.length
  if (count !== N) throw new RangeError(`split: ${count} labels were given for ${N} samples`)
  const total = shares.reduce((sum, share) => sum + share, 0)
  if (!shares.every((share) => share >= 0) || !(Math.abs(total - 1) < 1e-9)) {
    throw new RangeError(
      `split: shares must be from 0 up and add up to 1, not ${shares.join(' + ')} = ${total}`,
    )
  }
  const order = rng.permutation(N)
  let reached = 0
  return shares.map((share) => {
    const start = Math.round(reached * N)
    reached += share
    const indices = order.subarray(start, Math.round(Math.min(1, reached) * N))
    return { x: takeRows(x, indices), labels: take(labels, indices) }
  })
}

function take<Labels extends Uint8Array | Int32Array | Tensor>(labels: Labels, indices: Int32Array): Labels {
  if ('shape' in labels) return takeRows(labels, indices) as Labels
  return (labels instanceof Uint8Array
    ? Uint8Array.from(indices, (i) => labels[i])
    : Int32Array.from(indices, (i) => labels[i])) as Uint8Array | Int32Array as Labels
}
