import { el } from '../../dom/el.ts'
import type { TrainTexts } from '../../text/train.ts'
import type { Trainer } from '../client.ts'
import type { TrainState } from '../state.ts'

/** What failed last: in the reader's language, and in the words of the library beneath. */
export function failureNote(t: TrainTexts, trainer: Trainer) {
  const element = el('div', { class: 'failure', role: 'alert' })
  let shown: TrainState['failure']
  function update({ failure }: TrainState): void {
    if (failure === shown) return
    shown = failure
    element.replaceChildren()
    if (!failure) return
    const { at, code, name, message } = failure
    element.append(
      el('p', {}, el('b', {}, at === 'files' && code === 'missing' ? t.failed.missing : t.failed[at])),
      el(
        'p',
        { lang: 'en', class: 'note' },
        name && !message.includes(name) ? `${name}: ${message}` : message,
      ),
      el('button', { type: 'button', class: 'quiet', onclick: () => trainer.dismiss() }, t.close),
    )
  }
  return { element, update }
}
