import type { Tensor } from '@gosa/linalg'
import type { Line } from '../numeric/line.ts'
import type { Scalar } from '../subject/scalar.ts'

/**
 * The line through the present point along a direction of one variable, as long as the direction's numbers are; or along
 * entry `i` of it alone. The caller puts the variable back.
 */
export function lineOf(scalar: Scalar, { data }: Tensor, direction: number | Float64Array): Line {
  let noise = 0
  const value = (): number => {
    const change = scalar.change()
    if (scalar.noise > noise) noise = scalar.noise
    return change
  }
  if (typeof direction !== 'number') return along(data, direction, value, () => noise)
  const start = data[direction]
  let moved = 0
  return {
    at(t) {
      data[direction] = start + t
      moved = data[direction] - start
      return value()
    },
    get moved() {
      return moved
    },
    get noise() {
      return noise
    },
  }
}

function along(
  data: Tensor['data'],
  direction: Float64Array,
  value: () => number,
  noise: () => number,
): Line {
  const start = data.slice()
  let moved = 0
  return {
    at(t) {
      for (let i = 0; i < data.length; i++) data[i] = start[i] + t * direction[i]
      moved = t
      return value()
    },
    get moved() {
      return moved
    },
    get noise() {
      return noise()
    },
  }
}

/** Runs `use` and puts the variables back as they were, bit for bit, also where `use` throws. */
export function restoringAll<T>(values: readonly Tensor[], use: () => T): T {
  const before = values.map(({ data }) => data.slice())
  try {
    return use()
  } finally {
    for (const [i, { data }] of values.entries()) data.set(before[i])
  }
}
