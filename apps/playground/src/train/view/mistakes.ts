import { el } from '../../dom/el.ts'
import type { TrainTexts } from '../../text/train.ts'
import { card } from '../../view/card.ts'
import type { Numbers } from '../../view/numbers.ts'
import type { Palette } from '../../view/palette.ts'
import { paintImages } from '../../view/pixels.ts'
import { type Measured, MISTAKES } from '../protocol.ts'

/** The images that the network is surest to take for what they are not. */
export function mistakesCard(t: TrainTexts, { share }: Numbers) {
  const list = el('ul', { class: 'mistakes' })
  const element = card(t.mistakes, 'errors', el('p', { class: 'lead' }, t.mistakesLead), list)
  const items = Array.from({ length: MISTAKES }, () => {
    const canvas = el('canvas', { class: 'pixels', role: 'img' })
    const caption = el('span', { 'aria-hidden': 'true' })
    return { canvas, caption, item: el('li', {}, canvas, caption) }
  })
  const none = el('li', { class: 'none' }, t.noMistakes)
  list.append(none, ...items.map(({ item }) => item))

  function update(measured: Measured | undefined, { ink }: Palette): void {
    element.hidden = !measured
    if (!measured) return
    const { mistakes } = measured
    none.hidden = mistakes.length > 0
    for (const [i, { item, canvas, caption }] of items.entries()) {
      item.hidden = i >= mistakes.length
      if (item.hidden) continue
      const { pixels, label, predicted, probability } = mistakes[i]
      const words = t.mistakeWords(String(label), String(predicted), share(probability))
      item.title = words
      canvas.setAttribute('aria-label', words)
      paintImages(canvas, pixels, ink, { width: 28, height: 28, perRow: 1 })
      caption.replaceChildren(`${label} → `, el('b', {}, String(predicted)))
    }
  }
  return { element, update }
}
