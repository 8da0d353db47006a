import { holds } from '../numeric/estimate.ts'
import type { Line } from '../numeric/line.ts'
import { epsilonOf, sizeOfValue, stepFor } from '../numeric/step.ts'
import type { Variable } from '../subject/operation.ts'
import type { Scalar } from '../subject/scalar.ts'
import { estimate, type Judgement, judgeByTolerance, type Outcome, settle } from './judge.ts'
import { lineOf, restoringAll } from './lines.ts'
import type { Rules } from './rules.ts'
import { typicalSize } from './typical-size.ts'

/** Claimed and numerical slopes of one variable along lines: along its entries, or along random directions. */
export interface Comparison {
  /** Which entry each line follows; undefined for directions. */
  readonly entries?: ArrayLike<number>
  readonly analytic: Float64Array
  readonly numerical: Float64Array
  readonly error: Float64Array
  readonly outcome: Outcome[]
}

/** Where a line runs and what is claimed of it. */
export interface Route {
  readonly direction: number | Float64Array
  readonly claim: number
  /** What a move by 1 along the direction is measured against: the typical size of the numbers moved. */
  readonly size: number
}

/** How many wrong entries of a variable are looked into with all means; of more, the plain difference is believed. */
const SETTLED = 200

/** Of how small a part of the largest slope the error must be, for a judgement to be one. */
const RESOLUTION = 1e-3

/** Judges each route through the present point by the rules, and leaves the variable as it was. */
export function compare(
  scalar: Scalar,
  variable: Variable,
  routes: readonly Route[],
  rules: Rules,
  onEach: () => void = () => {},
): Comparison {
  const analytic = Float64Array.from(routes, ({ claim }) => claim)
  const numerical = new Float64Array(routes.length)
  const error = new Float64Array(routes.length)
  const outcome = new Array<Outcome>(routes.length).fill('agrees')
  const settled = new Set<number>()
  let wrong = 0

  const along = <T>(k: number, use: (line: Line) => T): T =>
    restoringRoute(variable, routes[k], () => use(lineOf(scalar, variable.value, routes[k].direction)))
  const record = (k: number, judgement: Judgement): void => {
    numerical[k] = judgement.value
    error[k] = judgement.error
    outcome[k] = judgement.outcome
  }
  const settleAt = (k: number): void => {
    settled.add(k)
    const step = stepFor('richardson', routes[k].size, variable.value.dtype)
    record(
      k,
      along(k, (line) => settle(line, step, analytic[k], rules)),
    )
    if (outcome[k] === 'wrong') wrong++
  }

  for (let k = 0; k < routes.length; k++) {
    const first = along(k, (line) => estimate(line, stepOf(variable, routes[k], rules), rules))
    if (rules.tolerance) record(k, judgeByTolerance(first, analytic[k], rules))
    else if (holds(first, analytic[k])) record(k, { ...first, outcome: 'agrees' })
    else if (wrong < SETTLED) settleAt(k)
    else record(k, { ...first, outcome: 'wrong' })
    onEach()
  }
  if (!rules.tolerance) {
    for (const k of unresolved()) {
      if (!settled.has(k)) settleAt(k)
    }
    for (const k of unresolved()) outcome[k] = 'unclear'
  }
  return { analytic, numerical, error, outcome }

  /** The lines whose claim agrees only because the error is so large that much else would. */
  function unresolved(): number[] {
    const largest = analytic.reduce(
      (most, claim, k) => Math.max(most, Math.abs(claim), Math.abs(numerical[k]) || 0),
      0,
    )
    // Slopes of nothing but rounding are known to be next to 0, and that is all there is to know of them.
    const negligible = Math.sqrt(epsilonOf(variable.value.dtype)) * scalar.magnitude
    return outcome.flatMap((is, k) => {
      const coarse = error[k] > Math.max(RESOLUTION * largest, negligible / routes[k].size)
      return (is === 'agrees' || is === 'kink') && coarse ? [k] : []
    })
  }
}

/** Routes along the given entries of a variable. */
export function entryRoutes({ value }: Variable, claims: Float64Array, entries: ArrayLike<number>): Route[] {
  const typical = typicalSize(value.data)
  return Array.from(entries, (i) => ({
    direction: i,
    claim: claims[i],
    size: Math.max(Math.abs(value.data[i]), typical) || 1,
  }))
}

function stepOf({ value }: Variable, { direction, size }: Route, { method, h }: Rules): number {
  if (h !== undefined) return h
  const plain = method === 'richardson' || typeof direction !== 'number'
  return stepFor(method, plain ? size : sizeOfValue(value.data[direction]), value.dtype)
}

function restoringRoute<T>({ value }: Variable, { direction }: Route, use: () => T): T {
  if (typeof direction !== 'number') return restoringAll([value], use)
  const before = value.data[direction]
  try {
    return use()
  } finally {
    value.data[direction] = before
  }
}
