import { type Attributes, type Child, el } from '../dom/el.ts'

let made = 0

/** A labelled control; what is wrong with its value is said beneath it. */
export function field(
  label: string,
  make: (attributes: Attributes) => HTMLElement,
  { hint }: { hint?: string } = {},
): { element: HTMLElement; complain(fault?: string): void } {
  const id = `field-${++made}`
  const control = make({ id, 'aria-describedby': `${id}-note` })
  const note = el('span', { class: 'note', id: `${id}-note` }, hint ?? '')
  return {
    element: el('div', { class: 'field' }, el('label', { for: id }, label), control, note),
    complain(fault) {
      control.setAttribute('aria-invalid', String(fault !== undefined))
      note.textContent = fault ?? hint ?? ''
      note.classList.toggle('fault', fault !== undefined)
    },
  }
}

/** A list to choose from. */
export const choice = (
  options: readonly (readonly [value: string, text: string])[],
  chosen: string,
  attributes: Attributes,
): HTMLSelectElement =>
  el('select', attributes, ...options.map(([value, text]) => option(value, text, chosen)))

const option = (value: string, text: string, chosen: string): Child =>
  el('option', { value, selected: value === chosen }, text)
