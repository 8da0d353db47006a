/** The page Train: settings, progress, and what the network has learnt. */
import { trainTexts } from '../i18n/train.ts'
import type { Page } from '../shell/page.ts'
import { onThemeChange } from '../shell/theme.ts'
import { el } from '../ui/el.ts'
import { numberFormats } from '../ui/numbers.ts'
import { readColorTables } from '../ui/pixels.ts'
import { card, createRepaint, pageHeading } from '../ui/widgets.ts'
import { controls, failureNote } from './cards/controls.ts'
import { acceptDrops, dropZone } from './cards/drop-zone.ts'
import { progressCard } from './cards/progress.ts'
import { reproduceCard } from './cards/reproduce.ts'
import { confusionCard, mistakesCard, weightsCard } from './cards/results.ts'
import { settingsForm } from './cards/settings-form.ts'
import { sharedTrainer } from './client.ts'
import { paramsOf, settingsFrom, type TrainSettings } from './settings.ts'

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

export const page: Page = {
  prepare: sharedTrainer,
  mount(root, { language, params, setParams, storage }) {
    const t = trainTexts[language]
    const numbers = numberFormats(language)
    const trainer = sharedTrainer()
    // The address takes precedence over the network in training, and that over what was chosen last.
    const defaults = trainer.state.network?.settings ?? settingsFrom(storage.read('train', isObject) ?? {})
    let settings = Object.keys(params).length > 0 ? settingsFrom(params) : { ...defaults }
    if (settings.data === 'files' && !trainer.state.files) settings = { ...settings, data: 'digits' }

    setParams(paramsOf(settings))
    const changeSettings = (next: TrainSettings) => {
      settings = next
      storage.write('train', settings)
      setParams(paramsOf(settings))
      repaint.request()
    }
    let hasFiles = trainer.state.files !== undefined
    const form = el('div', {})
    const showForm = () => {
      const onNetwork = (next: TrainSettings) => {
        changeSettings(next)
        showForm()
        form.querySelector<HTMLElement>('[name=network]')?.focus()
      }
      form.replaceChildren(
        settingsForm(settings, { t, numbers, hasFiles }, { onChange: changeSettings, onNetwork }),
      )
    }
    /** Loads a model, or reads files of images. */
    const openFiles = (files: File[]) => {
      const model = files.find(({ name }) => name.endsWith('.safetensors'))
      if (model) trainer.load(model)
      else trainer.readFiles(files)
    }
    const zone = dropZone(t, openFiles)
    const filesNote = el('p', { class: 'note good' })
    const buttons = controls(t, trainer, () => settings)
    const parts = {
      progress: progressCard(t, numbers, buttons.element),
      weights: weightsCard(t, numbers),
      confusion: confusionCard(t, numbers),
      mistakes: mistakesCard(t, numbers),
      reproduce: reproduceCard(t, numbers, trainer),
      failure: failureNote(t, trainer),
    }
    showForm()
    root.append(
      pageHeading(t.title, t.lead),
      parts.failure.element,
      el(
        'div',
        { class: 'train grid' },
        el(
          'div',
          { class: 'column' },
          card(t.settings, 'settings', form, zone, filesNote),
          parts.reproduce.element,
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

    let colors = readColorTables()
    /** What was painted last, since painting images takes longer than comparing them. */
    let painted: { measurement?: unknown; weights?: unknown } = {}
    function paint(): void {
      const { state } = trainer
      const { measurement, weights, files } = state
      buttons.update(state)
      parts.progress.update(state, settings.iterations)
      parts.reproduce.update(state)
      parts.failure.update(state)
      if (painted.weights !== weights || !weights) parts.weights.update(weights, colors)
      if (painted.measurement !== measurement || !measurement) {
        parts.confusion.update(measurement)
        parts.mistakes.update(measurement, colors)
      }
      painted = { measurement, weights }
      if (files)
        filesNote.textContent = (files.isMnist ? t.filesMnist : t.filesOther)(numbers.count(files.trainCount))
    }
    const repaint = createRepaint(paint)
    let files = trainer.state.files
    const unsubscribe = trainer.subscribe((state) => {
      if (state.files !== files) {
        files = state.files
        hasFiles = true
        changeSettings({ ...settings, data: 'files' })
        showForm()
      }
      repaint.request()
    })
    const stopDrops = acceptDrops(root, zone, openFiles)
    const stopThemes = onThemeChange(() => {
      colors = readColorTables()
      painted = {}
      repaint.request()
    })
    paint()
    return () => {
      unsubscribe()
      stopDrops()
      stopThemes()
      repaint.cancel()
    }
  },
}
