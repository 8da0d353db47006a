import { el } from '../../dom/el.ts'
import type { TrainTexts } from '../../text/train.ts'
import { card } from '../../view/card.ts'
import type { Numbers } from '../../view/numbers.ts'
import type { Measured } from '../protocol.ts'

/** What the test images are, and what they are taken for. */
export function confusionCard(t: TrainTexts, { count }: Numbers) {
  const table = el('table', { class: 'confusion' })
  const scroller = el('div', { class: 'scroller' }, table)
  const element = card(t.confusion, 'matrix', el('p', { class: 'lead' }, t.confusionLead), scroller)
  /** The cells by label and prediction, made once for so many classes: painting them anew is done often. */
  let cells: HTMLElement[][] = []

  function update(measured: Measured | undefined): void {
    element.hidden = !measured
    if (!measured) return
    const { confusion } = measured
    if (cells.length !== confusion.length) build(confusion.length)
    for (const [label, counts] of confusion.entries()) {
      const total = Math.max(
        1,
        counts.reduce((sum, one) => sum + one, 0),
      )
      for (const [predicted, one] of counts.entries()) {
        const cell = cells[label][predicted]
        const text = one === 0 ? '·' : count(one)
        if (cell.textContent === text) continue
        cell.textContent = text
        // A mistake is seen long before it is as frequent as what is right.
        const share = one / total
        cell.style.setProperty('--share', String(predicted === label ? share : Math.min(1, 4 * share)))
      }
    }
  }

  function build(size: number): void {
    const classes = [...Array(size).keys()]
    cells = classes.map((label) =>
      classes.map((predicted) => el('td', { class: predicted === label ? 'right' : 'wrong' })),
    )
    table.replaceChildren(
      el(
        'thead',
        {},
        el(
          'tr',
          {},
          el('td', {}, el('span', { class: 'unseen' }, `${t.label} \\ ${t.predicted}`)),
          ...classes.map((name) => el('th', { scope: 'col' }, String(name))),
        ),
      ),
      el(
        'tbody',
        {},
        ...classes.map((label) => el('tr', {}, el('th', { scope: 'row' }, String(label)), ...cells[label])),
      ),
    )
  }
  return { element, update }
}
