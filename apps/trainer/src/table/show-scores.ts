/** The scores of a model of a table, for people and for programs. */
import { formatAccuracy, formatCount, formatLoss, formatSignificant } from '@gosa/charts/text'
import type { TableScores } from './score-table.ts'

/** The scores as lines for people. */
export const scoreLines = (scores: TableScores, rows: string): string[] =>
  scores.kind === 'class'
    ? [
        `accuracy   ${formatAccuracy(scores.accuracy)} on ${formatCount(scores.count)} ${rows}`,
        `loss       ${formatLoss(scores.loss)}`,
        ...(Number.isNaN(scores.rocAuc) ? [] : [`ROC area   ${formatSignificant(scores.rocAuc, 4)}`]),
      ]
    : [
        `R²         ${formatSignificant(scores.r2, 4)} on ${formatCount(scores.count)} ${rows}`,
        `RMSE       ${formatSignificant(scores.rmse, 4)}`,
        `mean abs.  ${formatSignificant(scores.meanAbsoluteError, 4)}`,
      ]

/** The scores for programs, under names that begin with `prefix`. */
export function scoreValues(scores: TableScores, prefix: string): Record<string, unknown> {
  const named = (name: string) => (prefix ? `${prefix}${name[0].toUpperCase()}${name.slice(1)}` : name)
  const { kind, count, ...rest } = scores
  const shown =
    kind === 'class'
      ? { accuracy: scores.accuracy, loss: scores.loss, rocAuc: scores.rocAuc }
      : { r2: scores.r2, rmse: scores.rmse, meanAbsoluteError: scores.meanAbsoluteError }
  const confusion = 'confusion' in rest ? { confusion: rest.confusion } : {}
  return {
    ...Object.fromEntries(Object.entries(shown).map(([name, value]) => [named(name), value])),
    count,
    ...confusion,
  }
}
