import type { Compared } from '../compare/compare-all.ts'
import type { Scalar } from '../subject/scalar.ts'

/** What would explain a wrong gradient. */
export function explain(_wrong: Compared, _all: readonly Compared[], _scalar: Scalar): string | undefined {
  return undefined
}
