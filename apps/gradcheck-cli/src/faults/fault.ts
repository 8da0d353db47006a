import { createRng, type Rng, randomNormal, type Shape, type Tensor } from '@gosa/linalg'
import type { Case } from '../cases/case.ts'

/** Something that is wrong, in a case that must therefore fail. */
export interface Fault {
  readonly name: string
  readonly case: Case
}

/** What a fault is made with. */
export interface Draw {
  readonly rng: Rng
  /** Normal numbers in general position. */
  values(...shape: Shape): Tensor
}

export function drawFrom(seed: number): Draw {
  const rng = createRng(seed)
  return { rng, values: (...shape) => randomNormal(shape, { rng }) }
}
