/** The form with the inputs of the graph. */
import type { GraphTexts } from '../../i18n/graph.ts'
import { el } from '../../ui/el.ts'
import { field, select } from '../../ui/widgets.ts'
import { type GraphState, numberFrom, variablesOf } from '../state.ts'

/** The fields of a graph: the values of an expression's variables, or the digit and the weights of the network. */
export function valueForm(
  state: GraphState,
  t: GraphTexts,
  onChange: (part: Partial<GraphState>) => void,
): HTMLElement {
  const fields =
    state.example === 'network' ? networkFields(state, t, onChange) : numberFields(state, t, onChange)
  return el('div', { class: 'fields', role: 'group', 'aria-label': t.values }, ...fields)
}

function numberFields(
  state: GraphState,
  t: GraphTexts,
  onChange: (part: Partial<GraphState>) => void,
): HTMLElement[] {
  const values = [...state.values]
  return variablesOf(state.example).map(({ name }, i) => {
    const valueField = field(t.fields[name] ?? name, (attributes) =>
      el('input', {
        ...attributes,
        type: 'text',
        inputmode: 'decimal',
        autocomplete: 'off',
        name,
        value: String(values[i]),
        oninput: ({ target }: Event) => {
          const value = numberFrom((target as HTMLInputElement).value)
          valueField.showError(value === undefined ? t.notANumber : undefined)
          if (value === undefined) return
          values[i] = value
          onChange({ values: [...values] })
        },
      }),
    )
    return valueField.element
  })
}

function networkFields(
  { digit, sample, trained }: GraphState,
  t: GraphTexts,
  onChange: (part: Partial<GraphState>) => void,
): HTMLElement[] {
  let index = sample
  const digits = Array.from({ length: 10 }, (_, i) => [String(i), String(i)] as const)
  return [
    field(t.digit, (attributes) =>
      select(digits, String(digit), {
        ...attributes,
        name: 'digit',
        onchange: ({ target }: Event) => {
          index = 0
          onChange({ digit: Number((target as HTMLSelectElement).value), sample: 0 })
        },
      }),
    ).element,
    field(t.weights, (attributes) =>
      select(
        [
          ['0', t.untrained],
          ['1', t.trained],
        ],
        trained ? '1' : '0',
        {
          ...attributes,
          name: 'trained',
          onchange: ({ target }: Event) => onChange({ trained: (target as HTMLSelectElement).value === '1' }),
        },
      ),
    ).element,
    el(
      'button',
      {
        type: 'button',
        'data-do': 'another',
        onclick: () => {
          index = (index + 1) % 100
          onChange({ sample: index })
        },
      },
      t.another,
    ),
  ]
}
