import { el } from '../../dom/el.ts'
import type { TrainTexts } from '../../text/train.ts'
import { card } from '../../view/card.ts'
import type { Numbers } from '../../view/numbers.ts'
import type { Trainer } from '../client.ts'
import { commandOf } from '../settings.ts'
import { isTrained, type TrainState } from '../state.ts'
import { download } from './download.ts'

/** How to come to the same weights in a terminal, their hash, and the model as a file. */
export function elsewhereCard(t: TrainTexts, { count }: Numbers, trainer: Trainer) {
  const lead = el('p', { class: 'lead' })
  const command = el('code', { class: 'command', tabindex: '0' })
  const copy = el('button', { type: 'button', class: 'quiet' }, t.copy)
  copy.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(command.textContent ?? '')
      copy.textContent = t.copied
    } catch {
      // Not offered here: what is to be copied is marked, so that the reader can.
      getSelection()?.selectAllChildren(command)
    }
  })
  const line = el('div', { class: 'line' }, command, copy)
  const hashLabel = el('p', { class: 'lead' })
  const hash = el('output', { class: 'hash' })
  const save = el('button', { type: 'button', 'data-do': 'save' }, t.download)
  save.addEventListener('click', async () => {
    const { bytes } = await trainer.save()
    download(bytes, 'model.safetensors')
  })
  const input = el('input', { type: 'file', accept: '.safetensors', class: 'unseen', id: 'model-file' })
  input.addEventListener('change', () => {
    const [file] = input.files ?? []
    if (file) trainer.load(file)
    input.value = ''
  })
  const element = card(
    t.again,
    'elsewhere',
    ...[lead, line, hashLabel, hash],
    el('h3', {}, t.model),
    el('p', { class: 'lead' }, t.modelLead),
    el('div', { class: 'buttons' }, save, input, el('label', { class: 'button', for: 'model-file' }, t.open)),
  )

  function update(state: TrainState): void {
    const { network, iteration, measured } = state
    const hasCommand = network !== undefined && !network.loaded && iteration > 0
    lead.textContent = network?.loaded ? t.noCommand : t.againLead
    lead.hidden = !network
    line.hidden = !hasCommand
    lead.hidden = !hasCommand && !network?.loaded
    const text = hasCommand
      ? commandOf({ ...network.settings, iterations: measured?.iteration ?? iteration })
      : ''
    if (command.textContent !== text) {
      // A line may end between words, not behind the hyphens of an option.
      command.replaceChildren(...text.split(/(?<= )/).map((word) => el('span', {}, word)))
      copy.textContent = t.copy
    }
    hashLabel.hidden = !measured
    hashLabel.textContent = measured ? t.hash(count(measured.iteration)) : ''
    hash.hidden = !measured
    hash.textContent = measured?.sha256 ?? (measured ? t.noHash : '')
    save.disabled = !isTrained(state)
  }
  return { element, update }
}
