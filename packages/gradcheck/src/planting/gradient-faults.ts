import { concat, scale, Tensor, transpose } from '@gosa/linalg'
import type { Value } from '../subject/types.ts'
import { valueLike } from '../subject/values.ts'

/** What a fault in one gradient may mix up. */
export interface Surroundings {
  readonly dout: Value
  /** The other gradients of the same pass. */
  readonly others: readonly Value[]
  /** The number of samples. */
  readonly samples: number
}

/** A way of getting one gradient wrong; undefined where it does not apply. */
export type GradientFault = (right: Value, surroundings: Surroundings) => Value | undefined

const each = (change: (g: number, i: number) => number): GradientFault => {
  return (right) => valueLike(right, (i) => change(at(right, i), i))
}

const at = (value: Value, i: number): number => (value instanceof Tensor ? value.data[i] : value)

/** Changes the entry of the largest absolute value alone. */
const atLargest = (change: (g: number) => number): GradientFault => {
  return (right) => {
    if (!(right instanceof Tensor) || right.size === 0) return undefined
    let largest = 0
    for (let i = 1; i < right.size; i++) {
      if (Math.abs(right.data[i]) > Math.abs(right.data[largest])) largest = i
    }
    return valueLike(right, (i) => (i === largest ? change(right.data[i]) : right.data[i]))
  }
}

const ofTensor = (change: (g: Tensor, around: Surroundings) => Value | undefined): GradientFault => {
  return (right, around) => (right instanceof Tensor && right.size > 0 ? change(right, around) : undefined)
}

const alike = (value: Value | undefined, g: Tensor): value is Tensor =>
  value instanceof Tensor && value.size === g.size && value.dtype === g.dtype

/** Rows moved down by one along the first axis; the last comes first. */
const rolled = (g: Tensor): Tensor | undefined =>
  g.rank > 0 && g.shape[0] > 1
    ? concat([g.rows(g.shape[0] - 1, g.shape[0]), g.rows(0, g.shape[0] - 1)])
    : undefined

/** The standard faults of a single gradient, by name. */
export const gradientFaults: Readonly<Record<string, GradientFault>> = {
  'wrong sign': each((g) => -g),
  'wrong sign of one entry': atLargest((g) => -g),
  'sign lost': each(Math.abs),
  twice: each((g) => 2 * g),
  half: each((g) => g / 2),
  '1 % too large': each((g) => 1.01 * g),
  '0.1 % too large': each((g) => 1.001 * g),
  'one entry 1 % too large': atLargest((g) => 1.01 * g),
  'one entry 0.1 % too large': atLargest((g) => 1.001 * g),
  'not divided by N': (right, { samples }) =>
    each((g) => g * samples)(right, { dout: 0, others: [], samples }),
  'divided by N': (right, { samples }) => each((g) => g / samples)(right, { dout: 0, others: [], samples }),
  zero: each(() => 0),
  'one entry zero': atLargest(() => 0),
  'something added': ofTensor((g) => {
    const most = Math.max(...[...g.data].map(Math.abs)) || 1
    return valueLike(g, (i) => g.data[i] + 0.01 * most)
  }),
  transposed: ofTensor((g) => {
    return g.rank === 2 && g.shape[0] === g.shape[1] ? transpose(g) : undefined
  }),
  'off by one row': ofTensor(rolled),
  'off by one column': ofTensor((g) => {
    if (g.rank !== 2) return undefined
    const columns = rolled(transpose(g))
    return columns && transpose(columns)
  }),
  'last row not computed': ofTensor((g) => {
    if (g.rank === 0 || g.shape[0] < 2) return undefined
    const short = g.clone()
    short.rows(g.shape[0] - 1, g.shape[0]).data.fill(0)
    return short
  }),
  'that of a neighbour': ofTensor((g, { others }) => {
    const other = others.find((one) => alike(one, g))
    return other instanceof Tensor ? other.clone().reshape(g.shape) : undefined
  }),
  'dout itself': ofTensor((g, { dout }) => (alike(dout, g) ? dout.clone().reshape(g.shape) : undefined)),
  'dout over the derivative': ofTensor((g, { dout }) => {
    return alike(dout, g)
      ? valueLike(g, (i) => (g.data[i] === 0 ? 0 : dout.data[i] ** 2 / g.data[i]))
      : undefined
  }),
  'derivative twice': ofTensor((g, { dout }) => {
    return alike(dout, g) ? valueLike(g, (i) => g.data[i] ** 2 / dout.data[i] || 0) : undefined
  }),
  'not a number at one entry': atLargest(() => Number.NaN),
  'another shape': ofTensor((g) => scale(g, 1).reshape([1, ...g.shape])),
  'another dtype': ofTensor((g) => g.astype(g.dtype === 'float64' ? 'float32' : 'float64')),
}
