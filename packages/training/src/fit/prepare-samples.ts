/** The samples of `fit`: checks, conversion to the dtype of the model, and a share that is held out for validation. */
import { createRng, type DType, Tensor, takeRows } from '@gosa/linalg'
import { checkTensor, showValue } from '@gosa/linalg/options'
import type { Samples, Targets } from '../loop/classifier.ts'

/** Throws unless x is a tensor (N, …) of at least one sample, and t holds as many targets. */
export function checkSamples(what: string, samples: Samples): void {
  const { x, t } = samples ?? {}
  checkTensor(what, 'x', x)
  const isClasses = t instanceof Uint8Array || t instanceof Int32Array
  if (!isClasses && !(t instanceof Tensor)) {
    throw new TypeError(
      `${what}: t must be class indices in a Uint8Array or Int32Array, or a tensor, not ${showValue(t)}`,
    )
  }
  const targets = isClasses ? t.length : t.shape[0]
  if (x.rank < 1 || x.shape[0] < 1 || targets !== x.shape[0]) {
    throw new RangeError(
      `${what}: ${targets} targets do not fit x (${x.shape.join(', ')}); a row is a sample, at least one`,
    )
  }
}

/** Returns the samples with their tensors in a dtype, so that they need not be converted in each step. */
export const samplesAs = <T extends Targets>({ x, t }: Samples<T>, dtype: DType | undefined): Samples<T> => ({
  x: tensorAs(x, dtype),
  t: t instanceof Tensor ? (tensorAs(t, dtype) as T & Tensor) : t,
})

const tensorAs = (x: Tensor, dtype: DType | undefined): Tensor =>
  dtype === undefined || x.dtype === dtype ? x : x.astype(dtype)

/**
 * Splits samples into those to learn from and a share to validate with, drawn at random; of class indices, that share of
 * each class. The same seed gives the same split. Throws a `RangeError` if one part would be empty.
 */
export function holdOut<T extends Targets>(
  { x, t }: Samples<T>,
  share: number,
  seed: number,
): { training: Samples<T>; validation: Samples<T> } {
  const groups = groupsOf(t, x.shape[0])
  const rng = createRng(createRng(seed).integer(2 ** 32))
  const heldOut = new Set<number>()
  let due = 0
  for (const group of groups) {
    // Carried over, so that the whole is the share even if classes are small.
    due += share * group.length
    const count = Math.min(group.length, Math.max(0, Math.round(due)))
    due -= count
    for (const i of rng.permutation(group.length).subarray(0, count)) heldOut.add(group[i])
  }
  const indices = Int32Array.from({ length: x.shape[0] }, (_, n) => n)
  const parts = [indices.filter((n) => !heldOut.has(n)), indices.filter((n) => heldOut.has(n))]
  if (!(share > 0 && share < 1) || parts.some(({ length }) => length === 0)) {
    throw new RangeError(
      `fit: a validation share of ${share} of ${x.shape[0]} samples leaves none to learn from or to validate with`,
    )
  }
  const [training, validation] = parts.map((rows) => ({ x: takeRows(x, rows), t: takeTargets(t, rows) }))
  return { training, validation }
}

/** The indices of the samples of each class; of all samples if targets are no class indices. */
function groupsOf(t: Targets, N: number): number[][] {
  if (t instanceof Tensor) return [Array.from({ length: N }, (_, n) => n)]
  const groups = new Map<number, number[]>()
  for (let n = 0; n < N; n++) {
    const group = groups.get(t[n])
    if (group) group.push(n)
    else groups.set(t[n], [n])
  }
  return [...groups.entries()].sort(([a], [b]) => a - b).map(([, group]) => group)
}

function takeTargets<T extends Targets>(t: T, rows: Int32Array): T {
  if (t instanceof Tensor) return takeRows(t, rows) as T & Tensor
  return (t instanceof Uint8Array
    ? Uint8Array.from(rows, (n) => t[n])
    : Int32Array.from(rows, (n) => (t as Int32Array)[n])) as Targets as T
}
