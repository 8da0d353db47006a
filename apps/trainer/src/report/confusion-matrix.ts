/** The confusion matrix as a heat map, and the most frequent mistakes in words. */
import { html, type Markup } from '@gosa/charts/html'
import { formatPercent } from '@gosa/charts/text'
import { reportTexts } from '../texts/report.ts'

/** With more classes there is no table, since nobody could read it. */
const MAX_TABLE_CLASSES = 40
/** With more classes the table is set in smaller type. */
const MAX_WIDE_CLASSES = 12
/** Number of mistakes that are named. */
const MAX_NAMED_MISTAKES = 10
/** The shares of a row from which a cell has the colour levels 1 to 6. */
const LEVELS = [0.002, 0.005, 0.01, 0.03, 0.1, 0.3]

type Matrix = readonly (readonly number[])[]

/** The matrix of counts `matrix[label][predicted]`. */
export const confusionMatrixView = (matrix: Matrix): Markup =>
  html`<div class="beside">${matrix.length <= MAX_TABLE_CLASSES ? table(matrix) : undefined}
${frequentMistakes(matrix)}</div>`

function table(matrix: Matrix): Markup {
  const { confusion } = reportTexts()
  const classes = matrix.map((_, label) => label)
  const size = matrix.length > MAX_WIDE_CLASSES ? 'confusion wide' : 'confusion'
  return html`<div class="scroll" role="region" aria-label="${confusion.region}" tabindex="0"><table class="${size}">
<caption>${confusion.caption}</caption>
<thead><tr><td></td>${classes.map((label) => html`<th scope="col">${label}</th>`)}<th scope="col" class="recall">${confusion.recall}</th></tr></thead>
<tbody>
${matrix.map((row, label) => {
  const total = row.reduce((sum, count) => sum + count, 0)
  return html`<tr><th scope="row">${label}</th>${row.map((count, predicted) => cell(count, total, predicted === label))}<td class="recall">${total === 0 ? '' : formatPercent(row[label] / total)}</td></tr>
`
})}</tbody></table></div>`
}

function cell(count: number, total: number, isRight: boolean): Markup {
  if (count === 0) return html`<td class="none">0</td>`
  const level = LEVELS.filter((share) => count / total >= share).length
  return html`<td class="${isRight ? 'hit' : 'miss'} level-${level}">${count}</td>`
}

function frequentMistakes(matrix: Matrix): Markup {
  const { confusion } = reportTexts()
  const mistakes = matrix
    .flatMap((row, label) => row.map((count, predicted) => ({ label, predicted, count })))
    .filter(({ label, predicted, count }) => label !== predicted && count > 0)
    .sort((a, b) => b.count - a.count)
    .slice(0, MAX_NAMED_MISTAKES)
  if (mistakes.length === 0) return html`<p>${confusion.none}</p>`
  const words = mistakes.map(
    ({ label, predicted, count }, i) =>
      html`${i > 0 ? confusion.separator : ''}<span class="nowrap">${confusion.predictedAs(label, predicted, count)}</span>`,
  )
  return html`<p>${confusion.lead}${words}${confusion.end}</p>`
}
