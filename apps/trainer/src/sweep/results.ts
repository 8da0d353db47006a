import { formatAccuracy, formatCount, textTable } from '@gosa/charts/text'
import type { Quality } from '@gosa/training'
import { runTexts } from '../texts/run.ts'
import type { Combination } from './grid.ts'

/** The results of a sweep, compared and printed. */

/** The result of one run of a sweep. */
export interface SweepResult {
  /** The number of the run, from 1. */
  readonly run: number
  readonly combination: Combination
  /** The folder of the run, if it is saved. */
  readonly out?: string
  /** Undefined if training failed. */
  readonly quality?: Quality
  readonly iterations: number
}

/** The accuracy by which runs are compared: on validation images if there are any, else on test images. */
const comparedAccuracy = ({ quality }: SweepResult): number =>
  quality ? (quality.validationAccuracy ?? quality.testAccuracy) : -1

/** The results from best to worst; failed runs last, equal ones in the order in which they ran. */
export const sortResults = (results: readonly SweepResult[]): SweepResult[] =>
  [...results].sort((a, b) => comparedAccuracy(b) - comparedAccuracy(a))

/** A line for a run that has ended. */
export function resultLine(result: SweepResult, runs: number): string {
  const { run, combination, quality } = result
  const { sweep } = runTexts()
  const outcome = quality ? sweep.accuracy(formatAccuracy(comparedAccuracy(result))) : sweep.failed
  return `${String(run).padStart(String(runs).length)}/${runs}  ${combination.name}  ${outcome}`
}

/** A table of the results from best to worst, with the options that vary as columns; no lines without results. */
export function resultTable(names: readonly string[], results: readonly SweepResult[]): string[] {
  if (results.length === 0) return []
  const hasValidation = results.some(({ quality }) => quality?.validationAccuracy !== undefined)
  const columns = (cells: readonly string[], [validation, ...others]: readonly string[]) =>
    hasValidation ? [...cells, validation, ...others] : [...cells, ...others]
  const { sweep, columns: titles } = runTexts()
  const head = columns(
    [sweep.run, ...names],
    [titles.validation, titles.test, titles.train, titles.iterations],
  )
  const rows = sortResults(results).map(({ run, combination, quality, iterations }) => {
    const { validationAccuracy, testAccuracy, trainAccuracy } = quality ?? {}
    const accuracies = [validationAccuracy, testAccuracy, trainAccuracy].map((share) =>
      share === undefined ? sweep.noResult : formatAccuracy(share),
    )
    return columns([String(run), ...combination.typed], [...accuracies, formatCount(iterations)])
  })
  return textTable([head, ...rows], { align: 'right' })
}

/** A result as JSON. */
export function resultValue({ run, combination, out, quality, iterations }: SweepResult): object {
  const { trainAccuracy, testAccuracy, validationAccuracy } = quality ?? {}
  return {
    ...{ run, ...combination.values, failed: quality === undefined },
    ...{ validationAccuracy, testAccuracy, trainAccuracy, iterations, out },
  }
}
