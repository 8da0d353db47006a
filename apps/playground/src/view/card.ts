import { type Child, el } from '../dom/el.ts'

let made = 0

/** A part of a page with a heading of its own. */
export function card(title: string, kind: string, ...children: Child[]): HTMLElement {
  const id = `card-${++made}`
  return el('section', { class: `card ${kind}`, 'aria-labelledby': id }, el('h2', { id }, title), ...children)
}

/** The top of a page: its name, and what it is for. */
export const opening = (title: string, lead: string): HTMLElement =>
  el('div', { class: 'opening' }, el('h1', {}, title), el('p', {}, lead))
