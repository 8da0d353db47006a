import { el } from '../../dom/el.ts'
import type { GraphTexts } from '../../text/graph.ts'
import { choice, field } from '../../view/field.ts'
import { type GraphState, numberFrom, variablesOf } from '../model/state.ts'

/** Fields for all that the reader can set: the values of an expression's variables, or which digit goes into the network. */
export function valueFields(
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
    const one = field(t.fields[name] ?? name, (attributes) =>
      el('input', {
        ...attributes,
        type: 'text',
        inputmode: 'decimal',
        autocomplete: 'off',
        name,
        value: String(values[i]),
        oninput: ({ target }: Event) => {
          const value = numberFrom((target as HTMLInputElement).value)
          one.complain(value === undefined ? t.noNumber : undefined)
          if (value === undefined) return
          values[i] = value
          onChange({ values: [...values] })
        },
      }),
    )
    return one.element
  })
}

function networkFields(
  { digit, sample, trained }: GraphState,
  t: GraphTexts,
  onChange: (part: Partial<GraphState>) => void,
): HTMLElement[] {
  let at = sample
  const digits = Array.from({ length: 10 }, (_, i) => [String(i), String(i)] as const)
  return [
    field(t.digit, (attributes) =>
      choice(digits, String(digit), {
        ...attributes,
        name: 'digit',
        onchange: ({ target }: Event) => {
          at = 0
          onChange({ digit: Number((target as HTMLSelectElement).value), sample: 0 })
        },
      }),
    ).element,
    field(t.weights, (attributes) =>
      choice(
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
          at = (at + 1) % 100
          onChange({ sample: at })
        },
      },
      t.another,
    ),
  ]
}
