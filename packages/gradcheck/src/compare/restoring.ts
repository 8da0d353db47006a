import type { Tensor } from '@gosa/linalg'

/** Runs `use` and puts the tensors back as they were, bit for bit, also where `use` throws. */
export function restoring<T>(values: readonly Tensor[], use: () => T): T {
  const before = values.map(({ data }) => data.slice())
  try {
    return use()
  } finally {
    for (const [i, { data }] of values.entries()) data.set(before[i])
  }
}
