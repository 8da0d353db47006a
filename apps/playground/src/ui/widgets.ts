/** Building blocks of the pages: cards, labelled fields, selects, and repainting at most once per frame. */
import { type Attributes, type Child, el } from './el.ts'

let cards = 0

/** A section with a heading; `kind` is its class in the style sheet. */
export function card(title: string, kind: string, ...children: Child[]): HTMLElement {
  const id = `card-${++cards}`
  return el('section', { class: `card ${kind}`, 'aria-labelledby': id }, el('h2', { id }, title), ...children)
}

/** The top of a page: its title, and what it is for. */
export const pageHeading = (title: string, lead: string): HTMLElement =>
  el('div', { class: 'opening' }, el('h1', {}, title), el('p', {}, lead))

let fields = 0

/** A labelled control with room for an error message beneath it. */
export function field(
  label: string,
  make: (attributes: Attributes) => HTMLElement,
): { element: HTMLElement; showError(message?: string): void } {
  const id = `field-${++fields}`
  const control = make({ id, 'aria-describedby': `${id}-note` })
  const note = el('span', { class: 'note', id: `${id}-note` })
  return {
    element: el('div', { class: 'field' }, el('label', { for: id }, label), control, note),
    showError(message) {
      control.setAttribute('aria-invalid', String(message !== undefined))
      note.textContent = message ?? ''
      note.classList.toggle('fault', message !== undefined)
    },
  }
}

/** A drop-down list. */
export const select = (
  options: readonly (readonly [value: string, text: string])[],
  selected: string,
  attributes: Attributes,
): HTMLSelectElement =>
  el(
    'select',
    attributes,
    ...options.map(([value, text]) => el('option', { value, selected: value === selected }, text)),
  )

/** Repaints at the next frame, once, however often it is requested until then. */
export interface Repaint {
  request(): void
  cancel(): void
}

export function createRepaint(paint: () => void): Repaint {
  let frame = 0
  return {
    request() {
      frame ||= requestAnimationFrame(() => {
        frame = 0
        paint()
      })
    },
    cancel() {
      cancelAnimationFrame(frame)
      frame = 0
    },
  }
}
