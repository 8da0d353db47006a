import { concat, type NumberOrTensor, scale, Tensor, transpose } from '@gosa/linalg'
import { maxAbs } from '../numeric/magnitude.ts'
import { valueLike } from '../subject/values.ts'
import { imageFaults } from './image-faults.ts'

/** The standard faults of a single gradient: each turns a right gradient into a wrong one. */

/** Replaces a right gradient by a wrong one; returns undefined if the fault does not apply to it. */
export type GradientFault = (right: NumberOrTensor, context: FaultContext) => NumberOrTensor | undefined

/** What a fault may confuse a gradient with. */
export interface FaultContext {
  readonly dout: NumberOrTensor
  /** The other gradients of the same pass. */
  readonly others: readonly NumberOrTensor[]
  /** The number of samples. */
  readonly samples: number
}

/** The faults by name. */
export const gradientFaults: Readonly<Record<string, GradientFault>> = {
  'wrong sign': inEveryEntry((g) => -g),
  'wrong sign of one entry': inLargestEntry((g) => -g),
  'absolute value': inEveryEntry(Math.abs),
  twice: inEveryEntry((g) => 2 * g),
  half: inEveryEntry((g) => g / 2),
  '1 % too large': inEveryEntry((g) => 1.01 * g),
  '0.1 % too large': inEveryEntry((g) => 1.001 * g),
  'one entry 1 % too large': inLargestEntry((g) => 1.01 * g),
  'one entry 0.1 % too large': inLargestEntry((g) => 1.001 * g),
  'not divided by N': inEveryEntry((g, { samples }) => g * samples),
  'divided by N': inEveryEntry((g, { samples }) => g / samples),
  zero: inEveryEntry(() => 0),
  'one entry zero': inLargestEntry(() => 0),
  'constant added': inTensor((g) => {
    const largest = maxAbs(g.data) || 1
    return valueLike(g, (i) => g.data[i] + 0.01 * largest)
  }),
  transposed: inTensor((g) => (g.rank === 2 && g.shape[0] === g.shape[1] ? transpose(g) : undefined)),
  'off by one row': inTensor(rollRows),
  'off by one column': inTensor((g) => {
    if (g.rank !== 2) return undefined
    const columns = rollRows(transpose(g))
    return columns && transpose(columns)
  }),
  'last row not computed': inTensor((g) => {
    if (g.rank === 0 || g.shape[0] < 2) return undefined
    const incomplete = g.clone()
    incomplete.rows(g.shape[0] - 1, g.shape[0]).data.fill(0)
    return incomplete
  }),
  'gradient of another variable': inTensor((g, { others }) => {
    const other = others.find((one) => hasSameSize(one, g))
    return other instanceof Tensor ? other.clone().reshape(g.shape) : undefined
  }),
  'dout itself': inTensor((g, { dout }) =>
    hasSameSize(dout, g) ? dout.clone().reshape(g.shape) : undefined,
  ),
  'dout divided by the derivative': inTensor((g, { dout }) =>
    hasSameSize(dout, g)
      ? valueLike(g, (i) => (g.data[i] === 0 ? 0 : dout.data[i] ** 2 / g.data[i]))
      : undefined,
  ),
  'derivative squared': inTensor((g, { dout }) =>
    hasSameSize(dout, g) ? valueLike(g, (i) => g.data[i] ** 2 / dout.data[i] || 0) : undefined,
  ),
  ...Object.fromEntries(
    Object.entries(imageFaults).map(([name, change]) => [
      name,
      inTensor((g) => (g.rank === 4 ? change(g) : undefined)),
    ]),
  ),
  'NaN at one entry': inLargestEntry(() => Number.NaN),
  'wrong shape': inTensor((g) => scale(g, 1).reshape([1, ...g.shape])),
  'wrong dtype': inTensor((g) => g.astype(g.dtype === 'float64' ? 'float32' : 'float64')),
}

function inEveryEntry(change: (g: number, context: FaultContext) => number): GradientFault {
  return (right, context) =>
    valueLike(right, (i) => change(right instanceof Tensor ? right.data[i] : right, context))
}

/** Changes only the entry with the largest absolute value. */
function inLargestEntry(change: (g: number) => number): GradientFault {
  return inTensor((right) => {
    let largest = 0
    for (let i = 1; i < right.size; i++) {
      if (Math.abs(right.data[i]) > Math.abs(right.data[largest])) largest = i
    }
    return valueLike(right, (i) => (i === largest ? change(right.data[i]) : right.data[i]))
  })
}

/** Applies to tensors that are not empty. */
function inTensor(change: (g: Tensor, context: FaultContext) => NumberOrTensor | undefined): GradientFault {
  return (right, context) => (right instanceof Tensor && right.size > 0 ? change(right, context) : undefined)
}

const hasSameSize = (value: NumberOrTensor | undefined, g: Tensor): value is Tensor =>
  value instanceof Tensor && value.size === g.size && value.dtype === g.dtype

/** Moves rows down by one along the first axis; the last row comes first. */
function rollRows(g: Tensor): Tensor | undefined {
  if (g.rank === 0 || g.shape[0] < 2) return undefined
  const last = g.shape[0] - 1
  return concat([g.rows(last, g.shape[0]), g.rows(0, last)])
}
