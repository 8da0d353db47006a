import { concat, scale, Tensor, transpose } from '@gosa/linalg'
import type { Change } from './tamper.ts'

/** A way in which a gradient can be wrong. `undefined` where it makes no sense for a tensor of such a shape. */
export interface GradientFault {
  readonly name: string
  readonly change: (gradient: Tensor) => unknown | undefined
}

/** Changes the entry of the largest size, of which nobody can say that it does not matter. */
const atLargest =
  (change: (value: number) => number): Change =>
  (gradient) => {
    const sizes = Array.from(gradient.data, Math.abs)
    const largest = sizes.indexOf(Math.max(...sizes))
    gradient.data[largest] = change(gradient.data[largest])
    return gradient
  }

const by =
  (factor: number): Change =>
  (gradient) =>
    scale(gradient, factor)

/** Row `i` of the result is row `order(i)`. */
const rows =
  (order: (i: number, count: number) => number): Change =>
  (gradient) => {
    const [count = 1] = gradient.shape
    if (gradient.rank === 0 || count < 2) return undefined
    return concat(
      Array.from({ length: count }, (_, i) => gradient.rows(order(i, count), order(i, count) + 1)),
    )
  }

const rolled: Change = ({ data, shape }) =>
  new Tensor(
    data.map((_, i) => data[(i + 1) % data.length]),
    shape,
  )

const meanOfRows: Change = ({ data, shape }) => {
  const [count = 1] = shape
  if (count < 2) return undefined
  const width = data.length / count
  const mean = (column: number): number =>
    Array.from({ length: count }, (_, n) => data[n * width + column]).reduce((sum, each) => sum + each, 0) /
    count
  return new Tensor(
    data.map((_, i) => mean(i % width)),
    shape,
  )
}

const byRows =
  (power: 1 | -1): Change =>
  (gradient) =>
    gradient.rank > 1 && gradient.shape[0] > 1 ? scale(gradient, gradient.shape[0] ** power) : undefined

const transposed: Change = (gradient) =>
  gradient.rank === 2 && gradient.shape[0] === gradient.shape[1] ? transpose(gradient) : undefined

/** Wrong gradients that need no knowledge of what they are the gradients of. */
export const GRADIENT_FAULTS: readonly GradientFault[] = [
  { name: 'sign', change: by(-1) },
  { name: 'sign of one entry', change: atLargest((value) => -value) },
  { name: 'zero', change: by(0) },
  { name: 'one entry zero', change: atLargest(() => 0) },
  { name: 'twice', change: by(2) },
  { name: 'half', change: by(0.5) },
  { name: '1 % too large', change: by(1.01) },
  { name: '0.1 % too large', change: by(1.001) },
  { name: 'one entry 1 % too large', change: atLargest((value) => 1.01 * value) },
  { name: 'one entry 0.1 % too large', change: atLargest((value) => 1.001 * value) },
  { name: 'times N', change: byRows(1) },
  { name: 'divided by N', change: byRows(-1) },
  { name: 'transposed', change: transposed },
  { name: 'off by one entry', change: rolled },
  { name: 'off by one row', change: rows((i, count) => (i + 1) % count) },
  { name: 'rows in reverse', change: rows((i, count) => count - 1 - i) },
  { name: 'the mean of its rows', change: meanOfRows },
  { name: 'NaN in one entry', change: atLargest(() => Number.NaN) },
  { name: 'flattened', change: (gradient) => (gradient.rank > 1 ? gradient.reshape([-1]) : undefined) },
  { name: 'missing', change: () => null },
]
