/** The form with the settings of a run. */
import { OPTIMIZERS } from '@gosa/training'
import type { TrainTexts } from '../../i18n/train.ts'
import { el } from '../../ui/el.ts'
import type { NumberFormats } from '../../ui/numbers.ts'
import { field, select } from '../../ui/widgets.ts'
import {
  isWithinLimits,
  LIMITS,
  type Limits,
  NETWORKS,
  type NetworkName,
  type NumberSetting,
  settingsForNetwork,
  type TrainSettings,
} from '../settings.ts'

/** The numbers of training images to choose from. */
const TRAIN_SIZES = [1000, 2000, 5000, 10_000, 20_000, 60_000]

/**
 * The settings as a form. `onChange` is called with each valid change. An invalid value is reported beside its field, and
 * the last valid one stays in effect. `onNetwork` is called when another network is chosen: make the form again then.
 */
export function settingsForm(
  initial: TrainSettings,
  { t, numbers, hasFiles }: { t: TrainTexts; numbers: NumberFormats; hasFiles: boolean },
  { onChange, onNetwork }: Record<'onChange' | 'onNetwork', (settings: TrainSettings) => void>,
): HTMLElement {
  let settings = initial
  const change = (part: Partial<TrainSettings>) => {
    settings = { ...settings, ...part }
    sizeField.element.hidden = settings.data === 'files'
    onChange(settings)
  }

  const number = (name: NumberSetting, label: string, step: string) => {
    const { min, max, real }: Limits = LIMITS[name]
    const numberField = field(label, (attributes) =>
      el('input', {
        ...attributes,
        ...{ type: 'number', inputmode: real ? 'decimal' : 'numeric', name, min, max, step },
        value: settings[name],
        oninput: ({ target }: Event) => {
          const value = (target as HTMLInputElement).valueAsNumber
          const isValid = isWithinLimits(name, value)
          const [low, high] = [min < 1 && min > 0 ? String(min) : numbers.count(min), numbers.count(max)]
          numberField.showError(isValid ? undefined : real ? t.real(low, high) : t.integer(low, high))
          if (isValid) change({ [name]: value })
        },
      }),
    )
    return numberField.element
  }

  const data = field(t.data, (attributes) =>
    select([['digits', t.digits], ...(hasFiles ? ([['files', t.files]] as const) : [])], settings.data, {
      ...attributes,
      name: 'data',
      onchange: ({ target }: Event) =>
        change({ data: (target as HTMLSelectElement).value as TrainSettings['data'] }),
    }),
  )
  const network = field(t.network, (attributes) =>
    select(
      NETWORKS.map((name) => [name, t.networks[name]]),
      settings.network,
      {
        ...attributes,
        name: 'network',
        onchange: ({ target }: Event) =>
          onNetwork(settingsForNetwork(settings, (target as HTMLSelectElement).value as NetworkName)),
      },
    ),
  )
  const isConvolutional = settings.network === 'simple-conv'
  const sizes = [...new Set([...TRAIN_SIZES, settings.trainSize])].sort((a, b) => a - b)
  const sizeField = field(t.trainSize, (attributes) =>
    select(
      sizes.map((size) => [String(size), numbers.count(size)]),
      String(settings.trainSize),
      {
        ...attributes,
        name: 'trainSize',
        onchange: ({ target }: Event) => change({ trainSize: Number((target as HTMLSelectElement).value) }),
      },
    ),
  )
  sizeField.element.hidden = settings.data === 'files'
  const optimizer = field(t.optimizer, (attributes) =>
    select(
      OPTIMIZERS.map((name) => [name, name]),
      settings.optimizer,
      {
        ...attributes,
        name: 'optimizer',
        onchange: ({ target }: Event) =>
          change({ optimizer: (target as HTMLSelectElement).value as TrainSettings['optimizer'] }),
      },
    ),
  )
  const element = el(
    'div',
    { class: 'fields' },
    data.element,
    network.element,
    ...(isConvolutional ? [el('p', { class: 'note whole' }, t.convolutional)] : []),
    sizeField.element,
    ...(isConvolutional ? [] : [number('hidden', t.hidden, '1')]),
    optimizer.element,
    number('learningRate', t.learningRate, 'any'),
    number('batchSize', t.batchSize, '1'),
    number('seed', t.seed, '1'),
    number('iterations', t.iterations, '1'),
  )
  data.element.classList.add('whole')
  network.element.classList.add('whole')
  return element
}
