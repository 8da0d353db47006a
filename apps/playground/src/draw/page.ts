/** The page Draw: a digit that is drawn, and what the network predicts for it. */
import { strokesToMnistImage } from '@gosa/datasets'
import { drawTexts } from '../i18n/draw.ts'
import type { Page } from '../shell/page.ts'
import { onThemeChange } from '../shell/theme.ts'
import { sharedTrainer } from '../train/client.ts'
import { el } from '../ui/el.ts'
import { numberFormats } from '../ui/numbers.ts'
import { readColorTables } from '../ui/pixels.ts'
import { card, createRepaint, pageHeading } from '../ui/widgets.ts'
import { drawingCanvas } from './cards/canvas.ts'
import { featuresCard } from './cards/features.ts'
import { predictionCard } from './cards/prediction.ts'
import { createDrawing, decodeStrokes, encodeStrokes } from './drawing.ts'
import { createPredictor } from './predictor.ts'

/** The pause in drawing before the address is written, in ms: browsers limit how often it may be. */
const ADDRESS_DELAY_MS = 300

const isString = (value: unknown): value is string => typeof value === 'string'

export const page: Page = {
  prepare: sharedTrainer,
  mount(root, { language, params, setParams, storage }) {
    const t = drawTexts[language]
    const trainer = sharedTrainer()
    let timer: ReturnType<typeof setTimeout> | undefined
    // The address takes precedence over what was drawn last.
    const initial = params.s ?? storage.read('draw', isString) ?? ''
    const drawing = createDrawing(decodeStrokes(initial), () => {
      clearTimeout(timer)
      timer = setTimeout(writeAddress, ADDRESS_DELAY_MS)
      repaint.request()
    })
    const store = () => storage.write('draw', encodeStrokes(drawing.strokes))
    const writeAddress = () => {
      setParams({ s: encodeStrokes(drawing.strokes) })
      store()
    }
    const canvas = drawingCanvas(t, drawing)
    const prediction = predictionCard(t, numberFormats(language), trainer)
    const features = featuresCard(t)
    const predictor = createPredictor(trainer, () => repaint.request())
    const button = (name: string, text: string, onclick: () => void) =>
      el('button', { type: 'button', 'data-do': name, onclick }, text)
    const buttons = el(
      'div',
      { class: 'buttons' },
      button('undo', t.undo, () => drawing.undo()),
      button('clear', t.clear, () => drawing.clear()),
    )
    const drawingCard = card(t.canvas, 'drawing', canvas.element, buttons, el('p', { class: 'note' }, t.keys))
    root.append(
      pageHeading(t.title, t.lead),
      el('div', { class: 'draw grid' }, drawingCard, prediction.element, features.element),
    )

    let colors = readColorTables()
    let painted: unknown
    function paint(): void {
      const { strokes } = drawing
      const isBlank = strokes.length === 0
      if (strokes !== painted) {
        painted = strokes
        canvas.repaint()
        const pixels = strokesToMnistImage(strokes)
        prediction.showImage(pixels, isBlank, colors)
        predictor.setImage(isBlank ? undefined : Float32Array.from(pixels, (ink) => ink / 255))
      }
      prediction.update(trainer.state, isBlank, predictor.prediction?.probabilities)
      features.update(trainer.state.weights, predictor.prediction?.maps, colors)
    }
    const repaint = createRepaint(paint)
    const unsubscribe = trainer.subscribe(() => {
      predictor.refresh()
      repaint.request()
    })
    const stopThemes = onThemeChange(() => {
      colors = readColorTables()
      painted = undefined
      repaint.request()
    })
    writeAddress()
    paint()
    return () => {
      clearTimeout(timer)
      store()
      unsubscribe()
      stopThemes()
      repaint.cancel()
    }
  },
}
