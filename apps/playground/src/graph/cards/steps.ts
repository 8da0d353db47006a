/** The controls to walk through the steps of a graph. */
import type { GraphStep } from '@gosa/graph'
import type { GraphTexts } from '../../i18n/graph.ts'
import { el } from '../../ui/el.ts'

/** The number of steps done; undefined if all are shown at once. */
type StepNumber = number | undefined

/** Buttons and a slider to walk through the steps, and a line that describes the current one. */
export function stepControls(t: GraphTexts, onStep: (step: StepNumber) => void) {
  let current: StepNumber
  let count = 0
  const go = (position: number) => onStep(position > count ? undefined : Math.max(0, position))
  const position = () => current ?? count + 1
  const button = (name: string, text: string, to: () => number) =>
    el('button', { type: 'button', 'data-do': name, onclick: () => go(to()) }, text)
  const first = button('first', t.first, () => 0)
  const back = button('back', t.back, () => position() - 1)
  const next = button('next', t.next, () => position() + 1)
  const all = button('all', t.all, () => count + 1)
  const slider = el('input', {
    type: 'range',
    min: 0,
    step: 1,
    'aria-label': t.steps,
    oninput: ({ target }: Event) => go((target as HTMLInputElement).valueAsNumber),
  })
  const status = el('p', { class: 'status graph-status', role: 'status' })

  function update(step: StepNumber, steps: readonly GraphStep[]): void {
    current = step
    count = steps.length
    const description = describeStep(step, steps, t)
    slider.max = String(count + 1)
    slider.valueAsNumber = position()
    slider.setAttribute('aria-valuetext', description)
    if (status.textContent !== description) status.textContent = description
    disable(back, position() === 0)
    disable(first, position() === 0)
    disable(next, current === undefined)
    disable(all, current === undefined)
    // At the end, the first step is the next one to take.
    first.classList.toggle('primary', current === undefined)
    next.classList.toggle('primary', current !== undefined)
  }

  /** Sets `aria-disabled` only, since a button that is disabled loses the focus. */
  function disable(button: HTMLButtonElement, isDisabled: boolean): void {
    button.setAttribute('aria-disabled', String(isDisabled))
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

/** `Step 2 of 5. Backward through ×`. */
function describeStep(current: StepNumber, steps: readonly GraphStep[], t: GraphTexts): string {
  if (current === undefined) return t.allSteps
  const position = t.status(String(current), String(steps.length))
  const step = steps[current - 1]
  return `${position}. ${step ? stepHeading(step, t) : t.startHeading}`
}

/** What a step does, in a line. */
export const stepHeading = ({ direction, node }: GraphStep, t: GraphTexts): string =>
  direction === 'forward' ? t.forward(node.label) : t.backward(node.label)
