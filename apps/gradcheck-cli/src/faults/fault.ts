import { createRng, type Rng, randomNormal, type Shape, type Tensor } from '@gosa/linalg'
import type { Case } from '../cases/case.ts'

/*
 * What faulty examples are made of: random values; and what they are: cases with a known fault.
 */

/** A case with a known fault: the checker must fail it. */
export interface Fault {
  readonly name: string
  readonly case: Case
}

/** Random numbers for the values of a case. */
export interface RandomValues {
  readonly rng: Rng
  /** Normally distributed values. */
  values(...shape: Shape): Tensor
}

export function createRandomValues(seed: number): RandomValues {
  const rng = createRng(seed)
  return { rng, values: (...shape) => randomNormal(shape, { rng }) }
}
