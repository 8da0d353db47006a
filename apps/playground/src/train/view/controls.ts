import { el } from '../../dom/el.ts'
import type { TrainTexts } from '../../text/train.ts'
import type { Trainer } from '../client.ts'
import { sameRun, type TrainSettings } from '../settings.ts'
import type { TrainState } from '../state.ts'

/** Train or pause, one step, reset. */
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
    main.textContent = running ? t.pause : word({ network, iteration, stopped })
    step.disabled = running
    reset.disabled = running || !network
  }

  function word({
    network,
    iteration,
    stopped,
  }: Pick<TrainState, 'network' | 'iteration' | 'stopped'>): string {
    if (!network || (iteration === 0 && !network.loaded)) return t.train
    const other = !sameRun(network.settings, settings())
    const over = iteration >= settings().iterations || stopped === 'diverged'
    return other || over ? t.anew : t.goOn
  }
  return { element: el('div', { class: 'buttons' }, main, step, reset), update }
}
