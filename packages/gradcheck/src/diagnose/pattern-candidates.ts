import { EntryPerturbations } from '../compare/perturbations.ts'
import { centralDifference, stepSize } from '../numeric/finite-differences.ts'
import { elementsOf, valueLike } from '../subject/values.ts'
import { type Candidate, type Evidence, matchesEverywhere } from './evidence.ts'

/** Causes that show in where the error is: in whole rows, the same along an axis, or in all terms but those of the diagonal. */

/** Rows are named one by one up to this number. */
const MAX_NAMED_ROWS = 4

/** Whole rows of a matrix are wrong, such as those of the words of an embedding, and less than half of all. */
export const wrongRows: Candidate = ({ analytic, numerical, shape, wrong, matches }) => {
  if (shape.length < 2) return undefined
  const [rows] = shape
  const width = analytic.length / rows
  const wrongRows = [...new Set(wrong.map((k) => Math.floor(k / width)))]
  if (2 * wrongRows.length > rows || wrong.length < 2) return undefined
  const isWhole = (row: number): boolean =>
    Array.from({ length: width }, (_, i) => row * width + i).every(
      (k) => !matches(analytic[k], k) || (analytic[k] === 0 && numerical[k] === 0),
    )
  if (!wrongRows.every(isWhole)) return undefined
  const named = wrongRows.slice(0, MAX_NAMED_ROWS).join(', ')
  const others = wrongRows.length > MAX_NAMED_ROWS ? ` and ${wrongRows.length - MAX_NAMED_ROWS} more` : ''
  const ratio = commonRatio(analytic, numerical, wrong)
  const by = ratio === undefined ? '' : `, ${Number(ratio.toPrecision(6))} times what it should be there`
  return `is right except for ${wrongRows.length === 1 ? 'row' : 'rows'} ${named}${others} of ${rows}${by}`
}

function commonRatio(
  analytic: Float64Array,
  numerical: Float64Array,
  wrong: readonly number[],
): number | undefined {
  const ratios = wrong.map((k) => analytic[k] / numerical[k])
  const isSame = ratios.every((ratio) => Math.abs(ratio - ratios[0]) <= 1e-5 * Math.abs(ratios[0]))
  return isSame && Number.isFinite(ratios[0]) ? ratios[0] : undefined
}

/** A = N + c, with another c for each position along the other axes: the same error along one axis. */
export const sameErrorAlongAxis: Candidate = (evidence) => {
  const { shape } = evidence
  if (shape.filter((length) => length > 1).length < 2) return undefined
  const axis = shape.findIndex((length, axis) => length > 2 && hasSameErrorAlong(evidence, axis))
  return axis < 0
    ? undefined
    : `is off by the same amount along axis ${axis}: is the term left out that comes from a mean or a sum along it?`
}

function hasSameErrorAlong(evidence: Evidence, axis: number): boolean {
  const { analytic, numerical, shape } = evidence
  const stride = shape.slice(axis + 1).reduce((product, length) => product * length, 1)
  const firstOf = (k: number): number => k - (Math.floor(k / stride) % shape[axis]) * stride
  const errorAt = (k: number): number => analytic[k] - numerical[k]
  return matchesEverywhere(evidence, (k) => analytic[k] - errorAt(firstOf(k)))
}

/** Largest number of entries for which the diagonal of the Jacobian is computed. */
const MAX_DIAGONAL = 256

/** Aₖ = doutₖ·∂yₖ/∂xₖ: each output as if it depended on its own input alone, such as softmax by its diagonal. */
export const crossTermsMissing: Candidate = (evidence) => {
  const { analytic, objective, compared, matches } = evidence
  const dout = elementsOf(objective.dout)
  if (dout.length !== analytic.length || analytic.length < 2 || analytic.length > MAX_DIAGONAL)
    return undefined
  const { operation } = objective
  const position = operation.variables.indexOf(compared.variable)
  if (compared.variable.kind !== 'input') return undefined
  const tolerance = (value: number): number => 1e-5 * Math.abs(value) + Number.MIN_VALUE
  for (let k = 0; k < analytic.length; k++) {
    if (matches(analytic[k], k) && k > 0) continue
    const alone = objective.at({ dout: valueLike(objective.dout, (i) => (i === k ? dout[k] : 0)) })
    const perturbations = new EntryPerturbations(alone, alone.operation.variables[position], [k])
    perturbations.select(0)
    const step = stepSize('central', perturbations.magnitudeForStep(0), alone.epsilon)
    try {
      const own = centralDifference(perturbations, step)
      if (Math.abs(own - analytic[k]) > tolerance(own)) return undefined
    } finally {
      perturbations.restore()
    }
  }
  return 'is that of outputs which depend on their own input alone: the cross terms of the Jacobian are missing'
}
