import type { Rng } from '@gosa/linalg'
import type { Variable } from '../subject/operation.ts'
import type { Route } from './compare.ts'
import { typicalSize } from './typical-size.ts'

/**
 * A route that moves all entries of a variable at once, each up or down at random by as much as its entries are large:
 *
 *     claim = Σ gᵢ·vᵢ,   vᵢ = ± typical size
 */
export function randomRoute({ value }: Variable, claims: Float64Array, rng: Rng): Route {
  const size = typicalSize(value.data) || 1
  const direction = claims.map(() => (rng.integer(2) === 0 ? size : -size))
  return { direction, claim: claims.reduce((total, g, i) => total + g * direction[i], 0), size: 1 }
}
