/** The buttons that control training, and the note of a failed request. */
import type { TrainTexts } from '../../i18n/train.ts'
import { el } from '../../ui/el.ts'
import type { Trainer } from '../client.ts'
import { isSameRun, type TrainSettings } from '../settings.ts'
import type { TrainState } from '../state.ts'

/** The buttons Train or Pause, One step, and Reset. */
export function controls(t: TrainTexts, trainer: Trainer, settings: () => TrainSettings) {
  const main = el('button', { type: 'button', class: 'primary', 'data-do': 'train' })
  const step = el(
    'button',
    { type: 'button', 'data-do': 'step', onclick: () => trainer.step(settings()) },
    t.step,
  )
  const reset = el(
    'button',
    { type: 'button', 'data-do': 'reset', onclick: () => trainer.reset(settings()) },
    t.reset,
  )
  main.addEventListener('click', () => (trainer.state.running ? trainer.pause() : trainer.run(settings())))

  function update({ running, network, iteration, stopped }: TrainState): void {
    main.textContent = running ? t.pause : mainLabel({ network, iteration, stopped })
    step.disabled = running
    reset.disabled = running || !network
  }

  function mainLabel({
    network,
    iteration,
    stopped,
  }: Pick<TrainState, 'network' | 'iteration' | 'stopped'>): string {
    if (!network || (iteration === 0 && !network.loaded)) return t.train
    const isOtherRun = !isSameRun(network.settings, settings())
    const isOver = iteration >= settings().iterations || stopped === 'diverged'
    return isOtherRun || isOver ? t.restart : t.resume
  }
  return { element: el('div', { class: 'buttons' }, main, step, reset), update }
}

/** The last failed request: in the reader's language, with the error message of the library. */
export function failureNote(t: TrainTexts, trainer: Trainer) {
  const element = el('div', { class: 'failure', role: 'alert' })
  let shown: TrainState['failure']
  function update({ failure }: TrainState): void {
    if (failure === shown) return
    shown = failure
    element.replaceChildren()
    if (!failure) return
    const { request, code, name, message } = failure
    element.append(
      el(
        'p',
        {},
        el('b', {}, request === 'files' && code === 'missing' ? t.failed.missing : t.failed[request]),
      ),
      el(
        'p',
        { lang: 'en', class: 'note' },
        name && !message.includes(name) ? `${name}: ${message}` : message,
      ),
      el('button', { type: 'button', class: 'quiet', onclick: () => trainer.dismissFailure() }, t.close),
    )
  }
  return { element, update }
}
