import { formatAddress } from '../../address.ts'
import { el } from '../../dom/el.ts'
import type { DrawTexts } from '../../text/draw.ts'
import type { Trainer } from '../../train/client.ts'
import { isTrained, settingsOf, type TrainState } from '../../train/state.ts'

/** Says that nobody can read yet, and offers to train. */
export function offer(t: DrawTexts, trainer: Trainer) {
  const start = el(
    'button',
    {
      ...{ type: 'button', class: 'primary', 'data-do': 'train' },
      onclick: () => trainer.run(settingsOf(trainer.state)),
    },
    t.trainNow,
  )
  const element = el(
    'div',
    { class: 'offer' },
    el('p', {}, t.untrained),
    start,
    el('p', { class: 'note' }, t.trainingNow, ' ', el('a', { href: formatAddress('train') }, t.toTrain)),
  )
  const update = (state: TrainState) => {
    element.hidden = isTrained(state) || state.running
  }
  return { element, update }
}
