import { createRng, type Rng } from '@gosa/linalg'

/** Where random numbers come from: a generator to go on with, or a seed for a new one (0 by default). */
export interface Seeded {
  seed?: number
  rng?: Rng
}

/** The generator meant. Throws a `RangeError` where both are given. */
export function rngOf({ seed, rng }: Seeded, what: string): Rng {
  if (rng && seed !== undefined) throw new RangeError(`${what}: give a seed or an rng, not both`)
  return rng ?? createRng(seed ?? 0)
}
