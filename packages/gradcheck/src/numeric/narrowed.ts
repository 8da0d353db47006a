import { type Estimate, together, unknown } from './estimate.ts'

/** What the estimates of one side come to. */
export interface Side {
  readonly estimate: Estimate
  /** The largest step that counts, by its place; 0 if all do. */
  readonly from: number
  readonly closer: readonly Estimate[]
}

/**
 * What estimates at small and larger steps say together (the largest come first): from the smallest two of use that agree
 * with each other, or from the smallest of all, where there are none.
 */
export function fromSmallest(estimates: readonly Estimate[], useful: number): Side {
  let start = estimates.length - 1
  for (let level = start; level > 0; level--) {
    const [one, next] = [estimates[level], estimates[level - 1]]
    if (one.error <= useful && next.error <= useful && together(one, next)) {
      start = level
      break
    }
  }
  const side = narrowed(estimates, start)
  return { ...side, closer: estimates.slice(start + 1).filter((one) => !together(one, side.estimate)) }
}

/**
 * What the estimates say together, from the given one up to the first that contradicts; and where that was. The last two
 * do not count: a kink that has just come within reach spoils them by less than shows.
 */
function narrowed(estimates: readonly Estimate[], start: number): { estimate: Estimate; from: number } {
  const finer = [unknown]
  let level = start
  for (; level >= 0; level--) {
    const next = together(finer[finer.length - 1], estimates[level])
    if (!next) break
    finer.push(next)
  }
  const spared = Math.max(0, Math.min(SPARED, finer.length - 2))
  return { estimate: finer[finer.length - 1 - spared], from: level + 1 }
}

/** How many estimates before a contradiction do not count. */
export const SPARED = 2
