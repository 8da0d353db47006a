/** The card to reproduce a run elsewhere. */
import type { TrainTexts } from '../../i18n/train.ts'
import { el } from '../../ui/el.ts'
import type { NumberFormats } from '../../ui/numbers.ts'
import { card } from '../../ui/widgets.ts'
import type { Trainer } from '../client.ts'
import { commandOf } from '../settings.ts'
import { isTrained, type TrainState } from '../state.ts'

/** The command that trains the same weights in a terminal, their hash, and the model as a file. */
export function reproduceCard(t: TrainTexts, { count }: NumberFormats, trainer: Trainer) {
  const lead = el('p', { class: 'lead' })
  const command = el('code', { class: 'command', tabindex: '0' })
  const copy = el('button', { type: 'button', class: 'quiet' }, t.copy)
  copy.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(command.textContent ?? '')
      copy.textContent = t.copied
    } catch {
      // The clipboard is not available here: select the command, so that the reader can copy it.
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
  const input = el('input', {
    type: 'file',
    accept: '.safetensors',
    class: 'visually-hidden',
    id: 'model-file',
  })
  input.addEventListener('change', () => {
    const [file] = input.files ?? []
    if (file) trainer.load(file)
    input.value = ''
  })
  const element = card(
    t.reproduce,
    'reproduce',
    ...[lead, line, hashLabel, hash],
    el('h3', {}, t.model),
    el('p', { class: 'lead' }, t.modelLead),
    el('div', { class: 'buttons' }, save, input, el('label', { class: 'button', for: 'model-file' }, t.open)),
  )

  function update(state: TrainState): void {
    const { network, iteration, measurement } = state
    const hasCommand = network !== undefined && !network.loaded && iteration > 0
    lead.textContent = network?.loaded ? t.noCommand : t.reproduceLead
    lead.hidden = !network
    line.hidden = !hasCommand
    lead.hidden = !hasCommand && !network?.loaded
    const text = hasCommand
      ? commandOf({ ...network.settings, iterations: measurement?.iteration ?? iteration })
      : ''
    if (command.textContent !== text) {
      // Lines break between words, not after the hyphens of an option.
      command.replaceChildren(...text.split(/(?<= )/).map((word) => el('span', {}, word)))
      copy.textContent = t.copy
    }
    hashLabel.hidden = !measurement
    hashLabel.textContent = measurement ? t.hash(count(measurement.iteration)) : ''
    hash.hidden = !measurement
    hash.textContent = measurement?.sha256 ?? (measurement ? t.noHash : '')
    save.disabled = !isTrained(state)
  }
  return { element, update }
}

/** Downloads bytes as a file. */
function download(bytes: Uint8Array, name: string): void {
  const address = URL.createObjectURL(new Blob([bytes as BlobPart], { type: 'application/octet-stream' }))
  el('a', { href: address, download: name }).click()
  // By then the browser has started the download.
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}
