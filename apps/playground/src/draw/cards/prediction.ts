/** The card with the network's prediction for the drawing. */
import type { DrawTexts } from '../../i18n/draw.ts'
import { formatAddress } from '../../shell/router.ts'
import type { Trainer } from '../../train/client.ts'
import { isTrained, settingsOf, type TrainState } from '../../train/state.ts'
import { el } from '../../ui/el.ts'
import type { NumberFormats } from '../../ui/numbers.ts'
import { type ColorTables, paintImages } from '../../ui/pixels.ts'
import { card } from '../../ui/widgets.ts'

/** The image that the network sees, the predicted digit, and the probabilities of all digits. */
export function predictionCard(t: DrawTexts, numbers: NumberFormats, trainer: Trainer) {
  const seen = el('canvas', { class: 'pixels seen', role: 'img', width: 28, height: 28 })
  const chart = probabilityBars(t, numbers)
  const verdict = el('p', { class: 'verdict', role: 'status' })
  const bigDigit = el('p', { class: 'big', 'aria-hidden': 'true' })
  const source = el('p', { class: 'note' })
  const prompt = trainPrompt(t, trainer)
  const figure = el('figure', {}, seen, el('figcaption', { class: 'note' }, t.seen))
  const predicted = el('div', { class: 'predicted' }, figure, bigDigit, verdict)
  const element = card(t.prediction, 'prediction', prompt.element, predicted, chart.element, source)

  function showImage(pixels: Uint8Array, isBlank: boolean, { ink }: ColorTables): void {
    paintImages(seen, pixels, ink, { width: 28, height: 28, perRow: 1 })
    seen.setAttribute('aria-label', isBlank ? t.blank : t.seenLabel)
  }

  function update(state: TrainState, isBlank: boolean, probabilities: Float32Array | undefined): void {
    prompt.update(state)
    chart.update(probabilities)
    const highest = probabilities ? Math.max(...probabilities) : 0
    const digit = probabilities ? String(probabilities.indexOf(highest)) : '?'
    bigDigit.textContent = digit
    const words = isBlank ? t.draw : probabilities ? t.predicted(digit, numbers.wholePercent(highest)) : ''
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

/** The probabilities of the ten digits as bars, in a table for screen readers. */
function probabilityBars(t: DrawTexts, { percent }: NumberFormats) {
  const rows = Array.from({ length: 10 }, (_, digit) => {
    const value = el('td', { class: 'number' })
    const bar = el('span', { class: 'bar', 'aria-hidden': 'true' })
    const row = el(
      'tr',
      {},
      el('th', { scope: 'row' }, String(digit)),
      el('td', { class: 'track' }, bar),
      value,
    )
    return { row, bar, value }
  })
  const element = el(
    'table',
    { class: 'bars' },
    el('caption', { class: 'visually-hidden' }, t.probabilities),
    el(
      'thead',
      { class: 'visually-hidden' },
      el(
        'tr',
        {},
        el('th', { scope: 'col' }, t.digit),
        el('td', {}),
        el('th', { scope: 'col' }, t.probability),
      ),
    ),
    el('tbody', {}, ...rows.map(({ row }) => row)),
  )
  function update(probabilities: Float32Array | undefined): void {
    const best = probabilities ? probabilities.indexOf(Math.max(...probabilities)) : -1
    for (const [digit, { row, bar, value }] of rows.entries()) {
      const p = probabilities?.[digit] ?? 0
      bar.style.setProperty('--p', String(p))
      value.textContent = probabilities ? percent(p) : '–'
      row.classList.toggle('best', digit === best)
    }
  }
  return { element, update }
}

/** Says that there is no trained network yet, and offers to train one. */
function trainPrompt(t: DrawTexts, trainer: Trainer) {
  const start = el(
    'button',
    {
      ...{ type: 'button', class: 'primary', 'data-do': 'train' },
      onclick: () => trainer.run(settingsOf(trainer.state)),
    },
    t.trainNow,
  )
  const element = el(
    'div',
    { class: 'train-prompt' },
    el('p', {}, t.untrained),
    start,
    el('p', { class: 'note' }, t.trainNote, ' ', el('a', { href: formatAddress('train') }, t.toTrain)),
  )
  const update = (state: TrainState) => {
    element.hidden = isTrained(state) || state.running
  }
  return { element, update }
}
