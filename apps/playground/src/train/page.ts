import { el } from '../dom/el.ts'
import type { Page } from '../page.ts'
import { trainTexts } from '../text/train.ts'
import { card, opening } from '../view/card.ts'
import { frame } from '../view/frame.ts'
import { numbersIn } from '../view/numbers.ts'
import { onThemeChange, palette } from '../view/palette.ts'
import { theTrainer } from './client.ts'
import { paramsOf, settingsFrom, type TrainSettings } from './settings.ts'
import { confusionCard } from './view/confusion.ts'
import { controls } from './view/controls.ts'
import { dropZone, takeDrops } from './view/drop-zone.ts'
import { elsewhereCard } from './view/elsewhere.ts'
import { failureNote } from './view/failure.ts'
import { mistakesCard } from './view/mistakes.ts'
import { progressCard } from './view/progress.ts'
import { settingsForm } from './view/settings-form.ts'
import { weightsCard } from './view/weights.ts'

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

/** The page Train. */
export const page: Page = {
  prepare: theTrainer,
  mount(root, { language, params, setParams, memory }) {
    const t = trainTexts[language]
    const numbers = numbersIn(language)
    const trainer = theTrainer()
    // What is in the address, else what is in training, else what was chosen last.
    const known = trainer.state.network?.settings ?? settingsFrom(memory.recall('train', isObject) ?? {})
    let settings = Object.keys(params).length > 0 ? settingsFrom(params) : { ...known }
    if (settings.data === 'files' && !trainer.state.files) settings = { ...settings, data: 'digits' }

    setParams(paramsOf(settings))
    const changed = (next: TrainSettings) => {
      settings = next
      memory.keep('train', settings)
      setParams(paramsOf(settings))
      painting.ask()
    }
    let hasFiles = trainer.state.files !== undefined
    const formPlace = el('div', {})
    const showForm = () => {
      formPlace.replaceChildren(settingsForm(settings, { t, numbers, hasFiles }, changed).element)
    }
    /** A model, or files of images. */
    const take = (files: File[]) => {
      const model = files.find(({ name }) => name.endsWith('.safetensors'))
      if (model) trainer.load(model)
      else trainer.drop(files)
    }
    const zone = dropZone(t, take)
    const filesNote = el('p', { class: 'note good' })
    const buttons = controls(t, trainer, () => settings)
    const parts = {
      progress: progressCard(t, numbers, buttons.element),
      weights: weightsCard(t, numbers),
      confusion: confusionCard(t, numbers),
      mistakes: mistakesCard(t, numbers),
      elsewhere: elsewhereCard(t, numbers, trainer),
      failure: failureNote(t, trainer),
    }
    showForm()
    root.append(
      opening(t.title, t.lead),
      parts.failure.element,
      el(
        'div',
        { class: 'train grid' },
        el(
          'div',
          { class: 'column' },
          card(t.settings, 'settings', formPlace, zone, filesNote),
          parts.elsewhere.element,
        ),
        el(
          'div',
          { class: 'column wide' },
          parts.progress.element,
          el('div', { class: 'pair' }, parts.weights.element, parts.confusion.element),
          parts.mistakes.element,
        ),
      ),
    )

    let colours = palette()
    /** What was painted last, since painting images anew takes longer than looking. */
    let painted: { measured?: unknown; weights?: unknown } = {}
    function paint(): void {
      const { state } = trainer
      const { measured, weights, files } = state
      buttons.update(state)
      parts.progress.update(state, settings.iterations)
      parts.elsewhere.update(state)
      parts.failure.update(state)
      if (painted.weights !== weights || !weights) parts.weights.update(weights, colours)
      if (painted.measured !== measured || !measured) {
        parts.confusion.update(measured)
        parts.mistakes.update(measured, colours)
      }
      painted = { measured, weights }
      if (files)
        filesNote.textContent = (files.isMnist ? t.filesMnist : t.filesOther)(numbers.count(files.trainCount))
    }
    const painting = frame(paint)
    let files = trainer.state.files
    const unsubscribe = trainer.subscribe((state) => {
      if (state.files !== files) {
        files = state.files
        hasFiles = true
        changed({ ...settings, data: 'files' })
        showForm()
      }
      painting.ask()
    })
    const stopDrops = takeDrops(root, zone, take)
    const stopThemes = onThemeChange(() => {
      colours = palette()
      painted = {}
      painting.ask()
    })
    paint()
    return () => {
      unsubscribe()
      stopDrops()
      stopThemes()
      painting.stop()
    }
  },
}
