import { el } from '../../dom/el.ts'
import type { TrainTexts } from '../../text/train.ts'
import { card } from '../../view/card.ts'
import type { Numbers } from '../../view/numbers.ts'
import type { Palette } from '../../view/palette.ts'
import { paintImages } from '../../view/pixels.ts'
import type { WeightImages } from '../protocol.ts'

/** The first layer's weights as pictures. */
export function weightsCard(t: TrainTexts, { count }: Numbers) {
  const canvas = el('canvas', { class: 'pixels', width: 1, height: 1, role: 'img', 'aria-label': t.noValues })
  const element = card(t.weights, 'weights', el('p', { class: 'lead' }, t.weightsLead), canvas)
  function update(weights: WeightImages | undefined, { diverging }: Palette): void {
    element.hidden = !weights
    if (!weights) return
    paintImages(canvas, weights.levels, diverging, { width: 28, height: 28, perRow: 10, gap: 2 })
    canvas.setAttribute('aria-label', t.weightsWords(count(weights.units)))
  }
  return { element, update }
}
