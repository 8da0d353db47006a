/** What the network has learnt: the weights, the confusion matrix and the worst mistakes. */
import type { TrainTexts } from '../../i18n/train.ts'
import { el } from '../../ui/el.ts'
import type { NumberFormats } from '../../ui/numbers.ts'
import { type ColorTables, paintImages } from '../../ui/pixels.ts'
import { card } from '../../ui/widgets.ts'
import { MAX_MISTAKES, type Measurement, type WeightImages } from '../protocol.ts'

/** The weights of the first layer, an image for each hidden unit. */
export function weightsCard(t: TrainTexts, { count }: NumberFormats) {
  const canvas = el('canvas', { class: 'pixels', width: 1, height: 1, role: 'img', 'aria-label': t.noValues })
  const element = card(t.weights, 'weights', el('p', { class: 'lead' }, t.weightsLead), canvas)
  function update(weights: WeightImages | undefined, { diverging }: ColorTables): void {
    element.hidden = !weights
    if (!weights) return
    const areFilters = weights.width < 28
    paintImages(canvas, weights.levels, diverging, { ...weights, perRow: 10, gap: areFilters ? 1 : 2 })
    canvas.setAttribute('aria-label', (areFilters ? t.filtersLabel : t.weightsLabel)(count(weights.units)))
  }
  return { element, update }
}

/** The confusion matrix of the test images: true classes in rows, predicted ones in columns. */
export function confusionCard(t: TrainTexts, { count }: NumberFormats) {
  const table = el('table', { class: 'confusion' })
  const scroller = el('div', { class: 'scroller' }, table)
  const element = card(t.confusion, 'matrix', el('p', { class: 'lead' }, t.confusionLead), scroller)
  /** The cells by label and prediction, created once, since they are updated often. */
  let cells: HTMLElement[][] = []

  function update(measurement: Measurement | undefined): void {
    element.hidden = !measurement
    if (!measurement) return
    const { confusion } = measurement
    if (cells.length !== confusion.length) build(confusion.length)
    for (const [label, counts] of confusion.entries()) {
      const total = Math.max(
        1,
        counts.reduce((sum, n) => sum + n, 0),
      )
      for (const [predicted, n] of counts.entries()) {
        const cell = cells[label][predicted]
        const text = n === 0 ? '·' : count(n)
        if (cell.textContent === text) continue
        cell.textContent = text
        // Mistakes are rare: their colour is full at a quarter of the row already.
        const share = n / total
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
          el('td', {}, el('span', { class: 'visually-hidden' }, `${t.label} \\ ${t.predicted}`)),
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

/** The misclassified test images of which the network is most confident. */
export function mistakesCard(t: TrainTexts, { percent }: NumberFormats) {
  const list = el('ul', { class: 'mistakes' })
  const element = card(t.mistakes, 'errors', el('p', { class: 'lead' }, t.mistakesLead), list)
  const items = Array.from({ length: MAX_MISTAKES }, () => {
    const canvas = el('canvas', { class: 'pixels', role: 'img' })
    const caption = el('span', { 'aria-hidden': 'true' })
    return { canvas, caption, item: el('li', {}, canvas, caption) }
  })
  const none = el('li', { class: 'none' }, t.noMistakes)
  list.append(none, ...items.map(({ item }) => item))

  function update(measurement: Measurement | undefined, { ink }: ColorTables): void {
    element.hidden = !measurement
    if (!measurement) return
    const { mistakes } = measurement
    none.hidden = mistakes.length > 0
    for (const [i, { item, canvas, caption }] of items.entries()) {
      item.hidden = i >= mistakes.length
      if (item.hidden) continue
      const { pixels, label, predicted, probability } = mistakes[i]
      const description = t.mistakeLabel(String(label), String(predicted), percent(probability))
      item.title = description
      canvas.setAttribute('aria-label', description)
      paintImages(canvas, pixels, ink, { width: 28, height: 28, perRow: 1 })
      caption.replaceChildren(`${label} → `, el('b', {}, String(predicted)))
    }
  }
  return { element, update }
}
