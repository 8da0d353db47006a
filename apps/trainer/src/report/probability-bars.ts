import type { Output } from '@gosa/cli-kit'

/** A line with a bar for the probability of each class, the largest in bold. */
export function probabilityBars(
  probabilities: ArrayLike<number>,
  { columns, paint }: Pick<Output, 'columns' | 'paint'>,
): string[] {
  const all = Array.from(probabilities)
  const best = all.indexOf(Math.max(...all))
  const digits = String(all.length - 1).length
  const room = Math.max(0, Math.min(40, columns - digits - 9))
  return all.map((probability, label) => {
    const bar = '█'.repeat(Math.round(probability * room))
    const line = `${String(label).padStart(digits)}  ${probability.toFixed(4)} ${bar}`.trimEnd()
    return label === best ? paint.bold(line) : line
  })
}
