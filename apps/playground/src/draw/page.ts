import { strokesLikeMnist } from '@gosa/datasets'
import { el } from '../dom/el.ts'
import type { Page } from '../page.ts'
import { drawTexts } from '../text/draw.ts'
import { theTrainer } from '../train/client.ts'
import { card, opening } from '../view/card.ts'
import { frame } from '../view/frame.ts'
import { numbersIn } from '../view/numbers.ts'
import { onThemeChange, palette } from '../view/palette.ts'
import { createReader } from './reader.ts'
import { createSheet } from './sheet.ts'
import { decodeStrokes, encodeStrokes } from './strokes.ts'
import { paper } from './view/paper.ts'
import { readingCard } from './view/reading.ts'

/** How long the pen rests before the address is written, in ms: browsers do not like it more often. */
const REST = 300

const isText = (value: unknown): value is string => typeof value === 'string'

/** The page Draw. */
export const page: Page = {
  prepare: theTrainer,
  mount(root, { language, params, setParams, memory }) {
    const t = drawTexts[language]
    const trainer = theTrainer()
    let rest: ReturnType<typeof setTimeout> | undefined
    // What is in the address, else what was drawn last.
    const drawn = params.s ?? memory.recall('draw', isText) ?? ''
    const sheet = createSheet(decodeStrokes(drawn), () => {
      clearTimeout(rest)
      rest = setTimeout(writeDown, REST)
      painting.ask()
    })
    const remember = () => memory.keep('draw', encodeStrokes(sheet.strokes))
    const writeDown = () => {
      setParams({ s: encodeStrokes(sheet.strokes) })
      remember()
    }
    const surface = paper(t, sheet)
    const reading = readingCard(t, numbersIn(language), trainer)
    const reader = createReader(trainer, () => painting.ask())
    const button = (name: string, text: string, onclick: () => void) =>
      el('button', { type: 'button', 'data-do': name, onclick }, text)
    const buttons = el(
      'div',
      { class: 'buttons' },
      button('undo', t.undo, () => sheet.undo()),
      button('clear', t.clear, () => sheet.clear()),
    )
    const drawing = card(t.sheet, 'drawing', surface.element, buttons, el('p', { class: 'note' }, t.keys))
    root.append(opening(t.title, t.lead), el('div', { class: 'draw grid' }, drawing, reading.element))

    let colours = palette()
    let painted: unknown
    function paint(): void {
      const { strokes } = sheet
      const isBlank = strokes.length === 0
      if (strokes !== painted) {
        painted = strokes
        surface.repaint()
        const pixels = strokesLikeMnist(strokes)
        reading.showImage(pixels, isBlank, colours)
        reader.show(isBlank ? undefined : Float32Array.from(pixels, (ink) => ink / 255))
      }
      reading.update(trainer.state, isBlank, reader.probabilities)
    }
    const painting = frame(paint)
    const unsubscribe = trainer.subscribe(() => {
      reader.again()
      painting.ask()
    })
    const stopThemes = onThemeChange(() => {
      colours = palette()
      painted = undefined
      painting.ask()
    })
    writeDown()
    paint()
    return () => {
      clearTimeout(rest)
      remember()
      unsubscribe()
      stopThemes()
      painting.stop()
    }
  },
}
