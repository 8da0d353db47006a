/** What is done to samples before training: splitting, standardizing, one-hot targets. */
import {
  type DType,
  div,
  map,
  mean,
  type Rng,
  showShape,
  sqrt,
  square,
  sub,
  type Tensor,
  takeRows,
  zeros,
} from '@gosa/linalg'
import { checkOptions, checkRng, checkTensor, showValue } from '@gosa/linalg/options'
import { checkInteger } from './arguments.ts'
import type { Samples, Targets } from './samples.ts'

/** How samples are split. */
export interface SplitOptions {
  /**
   * Divide the samples of each class in the same proportion; false by default: at random regardless of class. The seats of
   * a part go to the classes by the method of Sainte-Laguë, so that sizes are the same as without.
   */
  stratify?: boolean
}

/**
 * Splits samples at random, each into exactly one part: `split({ x, t }, [0.8, 0.1, 0.1], rng)` gives a tuple of samples
 * for training, validation and testing. The sizes are rounded so that they add up to N.
 *
 * Throws a `RangeError` if a fraction is negative, the fractions do not add up to 1, or x and t differ in length; and a
 * `TypeError` if samples are to be stratified whose targets are no class indices.
 */
export function split<T extends Targets, const F extends readonly number[]>(
  samples: Samples<T>,
  fractions: F,
  rng: Rng,
  options?: SplitOptions,
): { -readonly [I in keyof F]: Samples<T> } {
  const { x, t } = samples ?? {}
  checkTensor('split', 'x', x)
  if (!ArrayBuffer.isView(t)) checkTensor('split', 't', t)
  if (!Array.isArray(fractions)) {
    throw new TypeError(`split: fractions must be an array such as [0.8, 0.2], not ${showValue(fractions)}`)
  }
  checkRng('split', rng)
  const { stratify = false } = checkOptions('split', options, ['stratify'])
  const N = x.shape[0]
  const targets = 'shape' in t ? t.shape[0] : t.length
  if (targets !== N) throw new RangeError(`split: ${targets} targets were given for ${N} samples`)
  if (stratify && 'shape' in t) {
    throw new TypeError(
      'split: only samples with class indices can be stratified, not those with a tensor as t',
    )
  }
  const parts = splitIndices(N, fractions, rng, stratify ? (t as Uint8Array | Int32Array) : undefined).map(
    (indices) => ({ x: takeRows(x, indices), t: takeTargets(t, indices) }),
  )
  return parts as { -readonly [I in keyof F]: Samples<T> }
}

/** Splits the indices 0 to N − 1 as `split` splits samples, stratified by `classes` (N) if they are given. */
export function splitIndices(
  N: number,
  fractions: readonly number[],
  rng: Rng,
  classes?: ArrayLike<number>,
): Int32Array[] {
  const total = fractions.reduce((sum, fraction) => sum + fraction, 0)
  if (!fractions.every((fraction) => fraction >= 0) || !(Math.abs(total - 1) < 1e-9)) {
    throw new RangeError(
      `split: fractions must be at least 0 and add up to 1, not ${fractions.join(' + ')} = ${total}`,
    )
  }
  const order = rng.permutation(N)
  const queue = classes ? proportionally(order, classes) : order
  let taken = 0
  return fractions.map((fraction) => {
    const start = Math.round(taken * N)
    taken += fraction
    return queue.subarray(start, Math.round(Math.min(1, taken) * N))
  })
}

/**
 * Orders samples so that each prefix holds the classes in proportion: of a class of n samples, sample i (from 0, in the
 * order given) comes at (i + 1/2) / n.
 *
 * Source: A. Sainte-Laguë, La représentation proportionnelle et la méthode des moindres carrés, 1910.
 */
function proportionally(order: Int32Array, classes: ArrayLike<number>): Int32Array {
  const sizes = new Map<number, number>()
  const ranks = order.map((sample) => {
    const rank = sizes.get(classes[sample]) ?? 0
    sizes.set(classes[sample], rank + 1)
    return rank
  })
  const places = Float64Array.from(
    order,
    (sample, i) => (ranks[i] + 0.5) / (sizes.get(classes[sample]) as number),
  )
  return Int32Array.from(order.keys())
    .sort((a, b) => places[a] - places[b] || a - b)
    .map((i) => order[i])
}

function takeTargets<T extends Targets>(t: T, indices: Int32Array): T {
  if ('shape' in t) return takeRows(t, indices) as T
  return (t instanceof Uint8Array
    ? Uint8Array.from(indices, (i) => t[i])
    : Int32Array.from(indices, (i) => t[i])) as Uint8Array | Int32Array as T
}

/** Mean and standard deviation of each column, and the change that brings them to 0 and 1. */
export interface Standardizer {
  /** (D) */
  readonly mean: Tensor
  /** (D); 1 for a column of equal values, which thus becomes 0. */
  readonly std: Tensor
  /** Returns the samples with `(x − mean) / std` for their x (N, D): the same change for training and test samples. */
  transform<S extends { readonly x: Tensor }>(samples: S): S
}

/**
 * Measures mean and standard deviation of the columns of x (N, D), usually those of the training samples.
 *
 * Throws a `RangeError` for another shape or no rows.
 */
export function standardizer(samples: { readonly x: Tensor }): Standardizer {
  const { x } = samples ?? {}
  checkTensor('standardizer', 'x', x)
  if (x.rank !== 2 || x.shape[0] === 0) {
    throw new RangeError(
      `standardizer: x has shape ${showShape(x.shape)}, but (N, D) with N of at least 1 is needed`,
    )
  }
  const mu = mean(x, { axis: 0 })
  const sigma = sqrt(mean(square(sub(x, mu)), { axis: 0 }))
  const std = map(sigma, (value) => (value > 0 ? value : 1))
  // The mean of equal values is rounded, which would leave a deviation: of 1000 times 14.62, 1e-15.
  constantColumns(x).forEach((isConstant, column) => {
    if (!isConstant) return
    mu.data[column] = x.data[column]
    std.data[column] = 1
  })
  return { mean: mu, std, transform: (samples) => ({ ...samples, x: div(sub(samples.x, mu), std) }) }
}

/** Of each column of x (N, D), whether all its values are equal. */
function constantColumns({ data, shape }: Tensor): boolean[] {
  const isConstant = new Array<boolean>(shape[1]).fill(true)
  for (let i = 0; i < data.length; i++) {
    const column = i % shape[1]
    if (data[i] !== data[column]) isConstant[column] = false
  }
  return isConstant
}

/**
 * Returns class indices as one-hot probabilities: t (N) gives (N, classes), rows of zeros with a 1 at the class.
 *
 * Throws a `RangeError` for a label outside of the classes.
 */
export function oneHot(t: Uint8Array | Int32Array, classes: number, options?: { dtype?: DType }): Tensor {
  const { dtype = 'float32' } = checkOptions('oneHot', options, ['dtype'])
  if (!(t instanceof Uint8Array || t instanceof Int32Array)) {
    throw new TypeError(`oneHot: t must be a Uint8Array or an Int32Array of labels, not ${showValue(t)}`)
  }
  checkInteger('oneHot: classes', classes, 1)
  const rows = zeros([t.length, classes], { dtype })
  t.forEach((label, n) => {
    if (label < 0 || label >= classes) {
      throw new RangeError(
        `oneHot: label ${label} of sample ${n} is not one of the ${classes} classes (0 to ${classes - 1})`,
      )
    }
    rows.data[n * classes + label] = 1
  })
  return rows
}
