import type { GraphStep } from '@gosa/graph'
import { el } from '../../dom/el.ts'
import type { GraphTexts } from '../../text/graph.ts'

/** Where one is among the steps: 0 before the first, undefined where all is shown at once. */
export type At = number | undefined

/** Buttons and a slider to walk through the steps, and a line that says where one is. */
export function stepControls(t: GraphTexts, onStep: (step: At) => void) {
  let at: At
  let count = 0
  const go = (place: number) => onStep(place > count ? undefined : Math.max(0, place))
  const place = () => at ?? count + 1
  const button = (name: string, text: string, to: () => number) =>
    el('button', { type: 'button', 'data-do': name, onclick: () => go(to()) }, text)
  const first = button('first', t.first, () => 0)
  const back = button('back', t.back, () => place() - 1)
  const next = button('next', t.next, () => place() + 1)
  const all = button('all', t.all, () => count + 1)
  const slider = el('input', {
    type: 'range',
    min: 0,
    step: 1,
    'aria-label': t.steps,
    oninput: ({ target }: Event) => go((target as HTMLInputElement).valueAsNumber),
  })
  const status = el('p', { class: 'status graph-status', role: 'status' })

  function update(step: At, steps: readonly GraphStep[]): void {
    at = step
    count = steps.length
    const words = wordsFor(step, steps, t)
    slider.max = String(count + 1)
    slider.valueAsNumber = place()
    slider.setAttribute('aria-valuetext', words)
    if (status.textContent !== words) status.textContent = words
    disable(back, place() === 0)
    disable(first, place() === 0)
    disable(next, at === undefined)
    disable(all, at === undefined)
    // Whoever comes to the end begins anew.
    first.classList.toggle('primary', at === undefined)
    next.classList.toggle('primary', at !== undefined)
  }

  /** A button that has the focus keeps it, although there is nothing more to do: it is not disabled but says so. */
  function disable(one: HTMLButtonElement, off: boolean): void {
    one.setAttribute('aria-disabled', String(off))
  }

  const element = el(
    'div',
    { class: 'graph-steps' },
    el('div', { class: 'buttons', role: 'group', 'aria-label': t.steps }, first, back, next, all),
    slider,
    status,
  )
  return { element, update }
}

/** `Step 2 of 5. Backwards through ×`. */
function wordsFor(at: At, steps: readonly GraphStep[], t: GraphTexts): string {
  if (at === undefined) return t.whole
  const where = t.status(String(at), String(steps.length))
  const step = steps[at - 1]
  return `${where}. ${step ? headingOf(step, t) : t.startHeading}`
}

/** What a step does, in a line. */
export const headingOf = ({ direction, node }: GraphStep, t: GraphTexts): string =>
  direction === 'forward' ? t.forwards(node.label) : t.backwards(node.label)
