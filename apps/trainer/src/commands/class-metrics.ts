import { formatAccuracy, formatCount, textTable, textWidth } from '@gosa/charts/text'
import type { Output } from '@gosa/cli-kit'
import { commandTexts } from '../texts/commands.ts'

/** Computes precision and recall by class, and formats them and the confusion matrix as text tables. */

/** How well one class is distinguished from the others. */
export interface ClassMetrics {
  class: number
  /** The number of samples of the class. */
  count: number
  /** The share of the samples predicted as the class that are of it; null if there are none. */
  precision: number | null
  /** The share of the samples of the class that are predicted as it; null if there are none. */
  recall: number | null
}

/** Precision and recall of each class, from a confusion matrix `[label][predicted]` and the labels that it counts. */
export function metricsByClass(
  confusion: readonly (readonly number[])[],
  labels: ArrayLike<number>,
): ClassMetrics[] {
  const counts = new Array<number>(confusion.length).fill(0)
  for (let n = 0; n < labels.length; n++) counts[labels[n]]++
  return confusion.map((row, label) => {
    const predicted = confusion.reduce((sum, other) => sum + other[label], 0)
    return {
      class: label,
      count: counts[label],
      precision: ratio(row[label], predicted),
      recall: ratio(row[label], counts[label]),
    }
  })
}

const ratio = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole)

/** A table of the classes with their precision and recall, the lowest recall in bold. */
export function classTable(classes: readonly ClassMetrics[], { colors }: Pick<Output, 'colors'>): string[] {
  const recalls = classes.flatMap(({ recall }) => recall ?? [])
  const [best, worst] = [Math.max(...recalls), Math.min(...recalls)]
  const { table } = commandTexts()
  const format = (value: number | null) => (value === null ? '–' : formatAccuracy(value))
  const rows = classes.map(({ class: label, count, precision, recall }) => [
    String(label),
    formatCount(count),
    format(precision),
    format(recall),
  ])
  const isWorst = (row: number) => worst < best && row > 0 && classes[row - 1].recall === worst
  return textTable([[table.class, table.images, table.precision, table.recall], ...rows], {
    align: 'right',
    paint: (cell, row, column) => (column === 3 && isWorst(row) ? colors.bold(cell) : cell),
  })
}

/** The length of the list that replaces a confusion matrix too wide for the terminal. */
const MAX_CONFUSIONS = 10

/**
 * The confusion matrix: labels down, predictions across, `·` for 0, the diagonal in bold. If it is wider than the terminal, a
 * list of the most frequent confusions.
 */
export function confusionTable(
  confusion: readonly (readonly number[])[],
  { columns, colors }: Pick<Output, 'columns' | 'colors'>,
): string[] {
  const classes = confusion.map((_, label) => String(label))
  const rows = confusion.map((counts, label) => [
    classes[label],
    ...counts.map((count) => (count === 0 ? '·' : String(count))),
  ])
  const minWidth = Math.max(...[...rows.flat(), ...classes].map((cell) => cell.length))
  const lines = (paint?: (cell: string, row: number, column: number) => string) =>
    textTable([[commandTexts().predicted, ...classes], ...rows], { align: 'right', gap: 1, minWidth, paint })
  if (textWidth(lines()[0]) > columns) return mostFrequentConfusions(confusion)
  return lines((cell, row, column) => (row > 0 && row === column ? colors.bold(cell) : cell))
}

function mostFrequentConfusions(confusion: readonly (readonly number[])[]): string[] {
  return confusion
    .flatMap((row, label) => row.map((count, predicted) => ({ label, predicted, count })))
    .filter(({ label, predicted, count }) => label !== predicted && count > 0)
    .sort((a, b) => b.count - a.count)
    .slice(0, MAX_CONFUSIONS)
    .map(({ label, predicted, count }) => commandTexts().predictedAs(String(label), String(predicted), count))
}
