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
  function update(measured: Measured | undefined): void {
    element.hidden = !measured
    if (!measured) return
    const { confusion } = measured
    const classes = [...confusion.keys()]
    table.replaceChildren(
      el(
        'thead',
        {},
        el(
          'tr',
          {},
          el('th', { scope: 'col' }, `${t.label} \\ ${t.predicted}`),
          ...classes.map((name) => el('th', { scope: 'col' }, String(name))),
        ),
      ),
      el('tbody', {}, ...classes.map((label) => row(label, confusion[label]))),
    )
  }

  function row(label: number, counts: readonly number[]): HTMLElement {
    const total = counts.reduce((sum, one) => sum + one, 0)
    const cells = counts.map((one, predicted) => {
      const cell = el('td', { class: predicted === label ? 'right' : 'wrong' }, one === 0 ? '·' : count(one))
      // A mistake is seen long before it is as frequent as what is right.
      const share = one / Math.max(1, total)
      cell.style.setProperty('--share', String(predicted === label ? share : Math.min(1, 4 * share)))
      return cell
    })
    return el('tr', {}, el('th', { scope: 'row' }, String(label)), ...cells)
  }
  return { element, update }
}
