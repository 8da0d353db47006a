import type { Quality } from '@gosa/training'
import { accuracy, count } from '../report/numbers.ts'
import type { Combination } from './axes.ts'

/** What came of one run of a sweep. */
export interface Result {
  /** Its number, from 1. */
  readonly run: number
  readonly cell: Combination
  /** Its folder, if it is kept. */
  readonly out?: string
  /** Missing where training failed. */
  readonly quality?: Quality
  /** How many steps it took. */
  readonly iterations: number
}

/** By what runs are compared: accuracy on the images set aside, where there are any, else on those to test with. */
const measured = ({ quality }: Result): number =>
  quality ? (quality.validationAccuracy ?? quality.testAccuracy) : -1

/** The best first, failed ones last; equal ones in the order in which they ran. */
export const sorted = (results: readonly Result[]): Result[] =>
  [...results].sort((a, b) => measured(b) - measured(a))

/** A line for a run that has ended. */
export function resultLine(result: Result, runs: number): string {
  const { run, cell, quality } = result
  const came = quality ? `accuracy ${accuracy(measured(result))}` : 'training failed'
  return `${String(run).padStart(String(runs).length)}/${runs}  ${cell.name}  ${came}`
}

/** A table of results in lines, the best first, under the names of what was varied; of no results none. */
export function resultTable(names: readonly string[], results: readonly Result[]): string[] {
  if (results.length === 0) return []
  const aside = results.some(({ quality }) => quality?.validationAccuracy !== undefined)
  const columns = (cells: readonly string[], [validation, ...others]: readonly string[]) =>
    aside ? [...cells, validation, ...others] : [...cells, ...others]
  const head = columns(['run', ...names], ['set aside', 'test', 'train', 'iterations'])
  const rows = sorted(results).map(({ run, cell, quality, iterations }) => {
    const { validationAccuracy, testAccuracy, trainAccuracy } = quality ?? {}
    const shown = [validationAccuracy, testAccuracy, trainAccuracy].map((share) =>
      share === undefined ? 'failed' : accuracy(share),
    )
    return columns([String(run), ...cell.typed], [...shown, count(iterations)])
  })
  const widths = head.map((_, i) => Math.max(...[head, ...rows].map((row) => row[i].length)))
  return [head, ...rows].map((row) => row.map((cell, i) => cell.padStart(widths[i])).join('  '))
}

/** A result for programs. */
export function resultValue({ run, cell, out, quality, iterations }: Result): object {
  const { trainAccuracy, testAccuracy, validationAccuracy } = quality ?? {}
  return {
    ...{ run, ...cell.values, failed: quality === undefined },
    ...{ validationAccuracy, testAccuracy, trainAccuracy, iterations, out },
  }
}
