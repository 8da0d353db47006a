import { Tensor } from '@gosa/linalg'
import type { Operation } from './operation.ts'

/** Running code that may write into tensors, and restoring them bit for bit afterwards, also if the code throws. */

/** Runs `compute` and restores the tensors. */
export function withRestoredTensors<T>(tensors: readonly Tensor[], compute: () => T): T {
  const before = tensors.map(({ data }) => data.slice())
  try {
    return compute()
  } finally {
    for (const [i, { data }] of tensors.entries()) data.set(before[i])
  }
}

/** Runs `compute` and restores the variables and constants of an operation that have been written into. */
export function withRestoredOperands<T>(
  { variables, constants }: Pick<Operation, 'variables' | 'constants'>,
  compute: () => T,
): T {
  const operands = [...variables.map(({ value }) => value), ...constants]
  const before = operands.map((value) => arrayOf(value)?.slice())
  try {
    return compute()
  } finally {
    for (const [i, then] of before.entries()) {
      const now = arrayOf(operands[i])
      if (then && now && then.some((element, at) => !Object.is(element, now[at]))) now.set(then)
    }
  }
}

/** The array that backs a tensor or a typed array, labels for instance; undefined for anything else. */
export function arrayOf(value: unknown): Float64Array | undefined {
  if (value instanceof Tensor) return value.data as Float64Array
  return ArrayBuffer.isView(value) && !(value instanceof DataView) ? (value as Float64Array) : undefined
}
