import { strokesLikeMnist } from '@gosa/datasets'
import { formatAddress } from '../address.ts'
import { el } from '../dom/el.ts'
import type { Page } from '../page.ts'
import { drawTexts } from '../text/draw.ts'
import { theTrainer } from '../train/client.ts'
import { isTrained, settingsOf } from '../train/state.ts'
import { card, opening } from '../view/card.ts'
import { frame } from '../view/frame.ts'
import { numbersIn } from '../view/numbers.ts'
import { onThemeChange, palette } from '../view/palette.ts'
import { paintImages } from '../view/pixels.ts'
import { createSheet } from './sheet.ts'
import { decodeStrokes, encodeStrokes } from './strokes.ts'
import { bars } from './view/bars.ts'
import { paper } from './view/paper.ts'

/** How long the pen rests before the address is written, in ms: browsers do not like it more often. */
const REST = 300

const isText = (value: unknown): value is string => typeof value === 'string'

/** The page Draw. */
export const page: Page = {
  prepare: theTrainer,
  mount(root, { language, params, setParams, memory }) {
    const t = drawTexts[language]
    const numbers = numbersIn(language)
    const trainer = theTrainer()
    let rest: ReturnType<typeof setTimeout> | undefined
    // What is in the address, else what was drawn last.
    const drawn = params.s ?? memory.recall('draw', isText) ?? ''
    const sheet = createSheet(decodeStrokes(drawn), () => {
      clearTimeout(rest)
      rest = setTimeout(keep, REST)
      painting.ask()
    })
    const keep = () => {
      const s = encodeStrokes(sheet.strokes)
      setParams({ s })
      memory.keep('draw', s)
    }
    keep()
    const surface = paper(t, sheet)
    const seen = el('canvas', { class: 'pixels seen', role: 'img', width: 28, height: 28 })
    const chart = bars(t, numbers)
    const verdict = el('p', { class: 'verdict', role: 'status' })
    const big = el('p', { class: 'big', 'aria-hidden': 'true' })
    const source = el('p', { class: 'note' })
    const start = el('button', { type: 'button', class: 'primary', 'data-do': 'train' }, t.trainNow)
    start.addEventListener('click', () => trainer.run(settingsOf(trainer.state)))
    const offer = el(
      'div',
      { class: 'offer' },
      el('p', {}, t.untrained),
      start,
      el('p', { class: 'note' }, t.trainingNow, ' ', el('a', { href: formatAddress('train') }, t.toTrain)),
    )
    root.append(
      opening(t.title, t.lead),
      el(
        'div',
        { class: 'draw grid' },
        card(
          t.sheet,
          'drawing',
          surface.element,
          el(
            'div',
            { class: 'buttons' },
            el('button', { type: 'button', 'data-do': 'undo', onclick: () => sheet.undo() }, t.undo),
            el('button', { type: 'button', 'data-do': 'clear', onclick: () => sheet.clear() }, t.clear),
          ),
          el('p', { class: 'note' }, t.keys),
        ),
        card(
          t.reading,
          'reading',
          offer,
          el(
            'div',
            { class: 'answer' },
            el('figure', {}, seen, el('figcaption', { class: 'note' }, t.seen)),
            big,
            verdict,
          ),
          chart.element,
          source,
        ),
      ),
    )

    let probabilities: Float32Array | undefined
    let image: Float32Array | undefined
    let strokes: unknown
    let asking = false
    let again = false

    /** Asks what the network reads; while it answers, once more at most. */
    async function read(): Promise<void> {
      if (asking) {
        again = true
        return
      }
      asking = true
      do {
        again = false
        const asked = image
        const answer = asked && isTrained(trainer.state) ? await trainer.predict(asked) : undefined
        probabilities = asked === image || again ? answer : undefined
      } while (again)
      asking = false
      painting.ask()
    }

    function paint(): void {
      const { state } = trainer
      surface.repaint()
      if (sheet.strokes !== strokes) {
        strokes = sheet.strokes
        const pixels = strokesLikeMnist(sheet.strokes)
        const isBlank = sheet.strokes.length === 0
        image = isBlank ? undefined : Float32Array.from(pixels, (ink) => ink / 255)
        if (isBlank) probabilities = undefined
        paintImages(seen, pixels, colours.ink, { width: 28, height: 28, perRow: 1 })
        seen.setAttribute('aria-label', isBlank ? t.blank : t.seenWords)
        read()
      }
      const trained = isTrained(state)
      offer.hidden = trained || state.running
      const best = probabilities && Math.max(...probabilities)
      big.textContent = probabilities ? String(probabilities.indexOf(best ?? 0)) : '?'
      const words = image
        ? probabilities
          ? t.reads(String(probabilities.indexOf(best ?? 0)), numbers.wholeShare(best ?? 0))
          : ''
        : t.draw
      if (verdict.textContent !== words) verdict.textContent = words
      chart.update(probabilities)
      const { iteration, network, running } = state
      const steps = numbers.count(iteration)
      source.textContent =
        running || !trained
          ? running
            ? t.training(steps)
            : ''
          : network?.loaded && iteration === 0
            ? t.loaded(network.loaded)
            : t.trained(steps)
    }

    let colours = palette()
    const painting = frame(paint)
    const unsubscribe = trainer.subscribe(() => {
      read()
      painting.ask()
    })
    const stopThemes = onThemeChange(() => {
      colours = palette()
      strokes = undefined
      painting.ask()
    })
    paint()
    return () => {
      clearTimeout(rest)
      memory.keep('draw', encodeStrokes(sheet.strokes))
      unsubscribe()
      stopThemes()
      painting.stop()
    }
  },
}
