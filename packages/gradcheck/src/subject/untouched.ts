import { Tensor } from '@gosa/linalg'
import type { Operation } from './operation.ts'

/** The elements of a tensor or a typed array, labels for instance. */
export function elementsOf(value: unknown): Float64Array | undefined {
  if (value instanceof Tensor) return value.data as Float64Array
  return ArrayBuffer.isView(value) && !(value instanceof DataView) ? (value as Float64Array) : undefined
}

/** Runs `use`, and puts everything that the operation was given back as it was, should it have been written into. */
export function leftUntouched<T>({ variables, constants }: Operation, use: () => T): T {
  const given = [...variables.map(({ value }) => value), ...constants]
  const before = given.map((value) => elementsOf(value)?.slice())
  try {
    return use()
  } finally {
    for (const [i, then] of before.entries()) {
      const now = elementsOf(given[i])
      if (then && now && then.some((element, at) => !Object.is(element, now[at]))) now.set(then)
    }
  }
}
