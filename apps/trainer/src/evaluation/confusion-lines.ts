import type { Output } from '@gosa/cli-kit'

/** How many confusions are listed where the whole table is too wide. */
const LISTED = 10

/**
 * A table of what was taken for what: labels downwards, predictions to the right, `·` for never, what is right in bold. On
 * a terminal too narrow for it, a list of the most frequent confusions.
 */
export function confusionLines(
  confusion: readonly (readonly number[])[],
  { columns, paint }: Pick<Output, 'columns' | 'paint'>,
): string[] {
  const classes = confusion.map((_, label) => label)
  const room =
    Math.max(...confusion.flat().map((count) => String(count).length), String(classes.length).length) + 1
  const first = Math.max('taken for'.length, String(classes.length).length)
  if (first + classes.length * room > columns) return mostFrequent(confusion)
  const cell = (label: number, predicted: number): string => {
    const count = confusion[label][predicted]
    const text = (count === 0 ? '·' : String(count)).padStart(room)
    return label === predicted ? paint.bold(text) : text
  }
  const row = (title: string, show: (predicted: number) => string) =>
    `${title.padStart(first)}${classes.map(show).join('')}`
  return [
    row('taken for', (predicted) => String(predicted).padStart(room)),
    ...classes.map((label) => row(String(label), (predicted) => cell(label, predicted))),
  ]
}

function mostFrequent(confusion: readonly (readonly number[])[]): string[] {
  const wrong = confusion
    .flatMap((row, label) => row.map((count, predicted) => ({ label, predicted, count })))
    .filter(({ label, predicted, count }) => label !== predicted && count > 0)
    .sort((a, b) => b.count - a.count)
    .slice(0, LISTED)
  return wrong.map(({ label, predicted, count }) => `${label} taken for ${predicted}: ${count}`)
}
