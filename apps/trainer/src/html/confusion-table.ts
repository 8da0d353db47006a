import { html, type Markup } from './markup.ts'

/** More classes than these make no table that can be read. */
const MOST = 40

/** As many classes fit on a phone without being moved. */
const NARROW = 12

/** How many of the most frequent mistakes are named. */
const NAMED = 10

/** From which share of its row on a cell has which of the colours 1 to 6. */
const LEVELS = [0.002, 0.005, 0.01, 0.03, 0.1, 0.3]

/**
 * What was taken for what, `matrix[label][predicted]`: a heat table, and the most frequent mistakes in words. With very
 * many classes, the words alone.
 */
export function confusionTable(matrix: readonly (readonly number[])[]): Markup {
  return html`<div class="beside">${matrix.length <= MOST ? table(matrix) : undefined}
${frequentMistakes(matrix)}</div>`
}

function table(matrix: readonly (readonly number[])[]): Markup {
  const classes = matrix.map((_, label) => label)
  return html`<div class="scroll" role="region" aria-label="Confusion matrix" tabindex="0"><table class="confusion${matrix.length > NARROW ? ' wide' : ''}">
<caption>Rows: what an image is. Columns: what it was taken for.</caption>
<thead><tr><td></td>${classes.map((label) => html`<th scope="col">${label}</th>`)}<th scope="col" class="right">right</th></tr></thead>
<tbody>
${matrix.map((row, label) => {
  const total = sum(row)
  return html`<tr><th scope="row">${label}</th>${row.map((count, predicted) => cell(count, total, predicted === label))}<td class="right">${total === 0 ? '' : percent(row[label] / total)}</td></tr>
`
})}</tbody></table></div>`
}

function cell(count: number, total: number, isRight: boolean): Markup {
  if (count === 0) return html`<td class="none">0</td>`
  const level = LEVELS.filter((share) => count / total >= share).length
  return html`<td class="${isRight ? 'hit' : 'miss'} level-${level}">${count}</td>`
}

function frequentMistakes(matrix: readonly (readonly number[])[]): Markup {
  const mistakes = matrix
    .flatMap((row, label) => row.map((count, predicted) => ({ label, predicted, count })))
    .filter(({ label, predicted, count }) => label !== predicted && count > 0)
    .sort((a, b) => b.count - a.count)
    .slice(0, NAMED)
  if (mistakes.length === 0) return html`<p>There were no mistakes.</p>`
  return html`<p>The most frequent mistakes: ${mistakes.map(({ label, predicted, count }, i) => html`${i > 0 ? ', ' : ''}<span class="whole">${label} taken for ${predicted} (${count})</span>`)}.</p>`
}

const sum = (row: readonly number[]): number => row.reduce((total, count) => total + count, 0)

const percent = (share: number): string => (share === 1 ? '100 %' : `${(100 * share).toFixed(1)} %`)
