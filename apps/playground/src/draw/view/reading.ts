import { el } from '../../dom/el.ts'
import type { DrawTexts } from '../../text/draw.ts'
import type { Trainer } from '../../train/client.ts'
import { isTrained, type TrainState } from '../../train/state.ts'
import { card } from '../../view/card.ts'
import type { Numbers } from '../../view/numbers.ts'
import type { Palette } from '../../view/palette.ts'
import { paintImages } from '../../view/pixels.ts'
import { bars } from './bars.ts'
import { offer } from './offer.ts'

/** What the network sees, and what it reads in it. */
export function readingCard(t: DrawTexts, numbers: Numbers, trainer: Trainer) {
  const seen = el('canvas', { class: 'pixels seen', role: 'img', width: 28, height: 28 })
  const chart = bars(t, numbers)
  const verdict = el('p', { class: 'verdict', role: 'status' })
  const big = el('p', { class: 'big', 'aria-hidden': 'true' })
  const source = el('p', { class: 'note' })
  const training = offer(t, trainer)
  const figure = el('figure', {}, seen, el('figcaption', { class: 'note' }, t.seen))
  const answer = el('div', { class: 'answer' }, figure, big, verdict)
  const element = card(t.reading, 'reading', training.element, answer, chart.element, source)

  function showImage(pixels: Uint8Array, isBlank: boolean, { ink }: Palette): void {
    paintImages(seen, pixels, ink, { width: 28, height: 28, perRow: 1 })
    seen.setAttribute('aria-label', isBlank ? t.blank : t.seenWords)
  }

  function update(state: TrainState, isBlank: boolean, probabilities: Float32Array | undefined): void {
    training.update(state)
    chart.update(probabilities)
    const sure = probabilities ? Math.max(...probabilities) : 0
    const digit = probabilities ? String(probabilities.indexOf(sure)) : '?'
    big.textContent = digit
    const words = isBlank ? t.draw : probabilities ? t.reads(digit, numbers.wholeShare(sure)) : ''
    if (verdict.textContent !== words) verdict.textContent = words
    source.textContent = sourceOf(state)
  }

  function sourceOf(state: TrainState): string {
    const { iteration, network, running } = state
    if (running) return t.training(numbers.count(iteration))
    if (!isTrained(state)) return ''
    return network?.loaded && iteration === 0 ? t.loaded(network.loaded) : t.trained(numbers.count(iteration))
  }
  return { element, showImage, update }
}
