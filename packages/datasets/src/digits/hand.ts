import type { Rng } from '@gosa/linalg'

/** What makes each digit differ from the last: numbers drawn in the way that a hand errs. */
export interface Hand {
  /** Anywhere between two numbers, evenly. */
  between(low: number, high: number): number
  /** Near a number: mostly within `spread` of it, never beyond three times that. */
  about(middle: number, spread: number): number
  /** True in this share of all cases. */
  chance(share: number): boolean
}

/** A hand that draws from a generator. */
export function handOf(rng: Rng): Hand {
  const between = (low: number, high: number): number => low + (high - low) * rng.uniform()
  return {
    between,
    // Three even draws add up to a bell that ends at three deviations, with exactly rounded operations alone.
    about: (middle, spread) => middle + spread * (2 * (rng.uniform() + rng.uniform() + rng.uniform()) - 3),
    chance: (share) => rng.uniform() < share,
  }
}
