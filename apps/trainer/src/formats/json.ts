import type { Weights } from '@gosa/training'

/** Weights as JSON: of each its dtype, its shape, and its elements row by row. */
export const encodeJson = ({ weights }: { weights: Weights }): string =>
  `${JSON.stringify(Object.fromEntries(Object.entries(weights).map(plain)))}\n`

const plain = ([name, { dtype, shape, data }]: [string, Weights[string]]) =>
  [name, { dtype, shape, data: [...data] }] as const
