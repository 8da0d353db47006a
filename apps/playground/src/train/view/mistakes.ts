import { el } from '../../dom/el.ts'
import type { TrainTexts } from '../../text/train.ts'
import { card } from '../../view/card.ts'
import type { Numbers } from '../../view/numbers.ts'
import type { Palette } from '../../view/palette.ts'
import { paintImages } from '../../view/pixels.ts'
import type { Measured, Mistake } from '../protocol.ts'

/** The images that the network is surest to take for what they are not. */
export function mistakesCard(t: TrainTexts, { share }: Numbers) {
  const list = el('ul', { class: 'mistakes' })
  const element = card(t.mistakes, 'errors', el('p', { class: 'lead' }, t.mistakesLead), list)
  function update(measured: Measured | undefined, palette: Palette): void {
    element.hidden = !measured
    if (!measured) return
    const { mistakes } = measured
    list.replaceChildren(
      ...(mistakes.length > 0 ? mistakes.map((one) => item(one, palette)) : [el('li', {}, t.noMistakes)]),
    )
  }

  function item({ pixels, label, predicted, probability }: Mistake, { ink }: Palette): HTMLElement {
    const words = t.mistakeWords(String(label), String(predicted), share(probability))
    const canvas = el('canvas', { class: 'pixels', role: 'img', 'aria-label': words })
    paintImages(canvas, pixels, ink, { width: 28, height: 28, perRow: 1 })
    const caption = el('span', { 'aria-hidden': 'true' }, `${label} → `, el('b', {}, String(predicted)))
    return el('li', { title: words }, canvas, caption)
  }
  return { element, update }
}
