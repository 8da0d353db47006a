import { el } from '../../dom/el.ts'
import type { CheckTexts } from '../../text/check.ts'
import { faultText } from '../../text/faults.ts'
import type { Language } from '../../text/language.ts'
import { choice, field } from '../../view/field.ts'
import { LAYERS, type LayerName } from '../protocol.ts'

/** What is to be checked. */
export interface CheckChoice {
  readonly layer: LayerName
  readonly fault?: string
  readonly seed: number
}

/** Chooses layer, fault and seed. */
export function checkForm(
  initial: CheckChoice,
  { t, language }: { t: CheckTexts; language: Language },
  onChange: (choice: CheckChoice) => void,
) {
  let chosen = initial
  const change = (part: Partial<CheckChoice>) => {
    chosen = { ...chosen, ...part }
    onChange(chosen)
  }
  const layer = field(t.layer, (attributes) =>
    choice(
      LAYERS.map((name) => [name, name]),
      chosen.layer,
      {
        ...attributes,
        name: 'layer',
        onchange: ({ target }: Event) => change({ layer: (target as HTMLSelectElement).value as LayerName }),
      },
    ),
  )
  const faults = el('select', {
    name: 'fault',
    onchange: () => change({ fault: faults.value || undefined }),
  })
  const fault = field(t.fault, (attributes) => {
    for (const [name, value] of Object.entries(attributes)) faults.setAttribute(name, String(value))
    return faults
  })
  const seed = field(t.seed, (attributes) =>
    el('input', {
      ...attributes,
      ...{ type: 'number', inputmode: 'numeric', name: 'seed', min: 0, step: 1, value: chosen.seed },
      oninput: ({ target }: Event) => {
        const value = (target as HTMLInputElement).valueAsNumber
        if (Number.isSafeInteger(value) && value >= 0) change({ seed: value })
      },
    }),
  )

  /** Fills the list with the faults that show. */
  function offer(names: readonly string[], planted: string | undefined): void {
    const groups = new Map<string, HTMLOptionElement[]>()
    for (const name of names) {
      const { variable, text } = faultText(name, language)
      const group = variable === undefined ? t.whole : t.gradientOf(variable)
      const option = el(
        'option',
        { value: name, selected: name === planted },
        variable === undefined ? text : `${variable}: ${text}`,
      )
      groups.set(group, [...(groups.get(group) ?? []), option])
    }
    faults.replaceChildren(
      el('option', { value: '' }, t.none),
      ...[...groups].map(([label, options]) => el('optgroup', { label }, ...options)),
    )
    faults.value = planted ?? ''
  }
  offer(chosen.fault ? [chosen.fault] : [], chosen.fault)
  return { element: el('div', { class: 'fields' }, layer.element, fault.element, seed.element), offer }
}
