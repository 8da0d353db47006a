import { OPTIMIZERS } from '@gosa/training'
import { el } from '../../dom/el.ts'
import type { TrainTexts } from '../../text/train.ts'
import { choice, field } from '../../view/field.ts'
import type { Numbers } from '../../view/numbers.ts'
import { allowed, LIMITS, type Limits, type NumberSetting, type TrainSettings } from '../settings.ts'

const SIZES = [1000, 2000, 5000, 10_000, 20_000, 60_000]

/**
 * The settings as a form. `onChange` is told of each change to what is allowed; what is not allowed is said beside its field, and
 * the last allowed value counts.
 */
export function settingsForm(
  initial: TrainSettings,
  { t, numbers, hasFiles }: { t: TrainTexts; numbers: Numbers; hasFiles: boolean },
  onChange: (settings: TrainSettings) => void,
): { element: HTMLElement; settings(): TrainSettings } {
  let settings = initial
  const change = (part: Partial<TrainSettings>) => {
    settings = { ...settings, ...part }
    sizeField.element.hidden = settings.data === 'files'
    onChange(settings)
  }

  const number = (name: NumberSetting, label: string, step: string) => {
    const { min, max, real }: Limits = LIMITS[name]
    const one = field(label, (attributes) =>
      el('input', {
        ...attributes,
        ...{ type: 'number', inputmode: real ? 'decimal' : 'numeric', name, min, max, step },
        value: settings[name],
        oninput: ({ target }: Event) => {
          const value = (target as HTMLInputElement).valueAsNumber
          const fits = allowed(name, value)
          const [low, high] = [min < 1 && min > 0 ? String(min) : numbers.count(min), numbers.count(max)]
          one.complain(fits ? undefined : real ? t.real(low, high) : t.whole(low, high))
          if (fits) change({ [name]: value })
        },
      }),
    )
    return one.element
  }

  const data = field(t.data, (attributes) =>
    choice([['digits', t.digits], ...(hasFiles ? ([['files', t.files]] as const) : [])], settings.data, {
      ...attributes,
      name: 'data',
      onchange: ({ target }: Event) =>
        change({ data: (target as HTMLSelectElement).value as TrainSettings['data'] }),
    }),
  )
  const sizes = [...new Set([...SIZES, settings.trainSize])].sort((a, b) => a - b)
  const sizeField = field(t.trainSize, (attributes) =>
    choice(
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
    choice(
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
    sizeField.element,
    number('hidden', t.hidden, '1'),
    optimizer.element,
    number('learningRate', t.learningRate, 'any'),
    number('batchSize', t.batchSize, '1'),
    number('seed', t.seed, '1'),
    number('iterations', t.iterations, '1'),
  )
  data.element.classList.add('whole')
  return { element, settings: () => settings }
}
