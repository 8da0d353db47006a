import { el } from '../../dom/el.ts'
import type { TrainTexts } from '../../text/train.ts'

/** A place for the files of a set of images: dropped onto it, or chosen. */
export function dropZone(t: TrainTexts, onFiles: (files: File[]) => void): HTMLElement {
  const input = el('input', {
    ...{ type: 'file', multiple: true, class: 'unseen', id: 'image-files' },
    onchange: () => {
      onFiles([...(input.files ?? [])])
      input.value = ''
    },
  })
  const zone = el(
    'div',
    { class: 'drop' },
    el('p', {}, t.drop, ' ', input, el('label', { class: 'link', for: 'image-files' }, t.choose)),
    el('p', { class: 'note' }, t.dropHint),
  )
  const over = (event: DragEvent, isOver: boolean) => {
    event.preventDefault()
    zone.classList.toggle('over', isOver)
  }
  zone.addEventListener('dragover', (event) => over(event, true))
  zone.addEventListener('dragleave', (event) => over(event, false))
  zone.addEventListener('drop', (event) => {
    over(event, false)
    const files = [...(event.dataTransfer?.files ?? [])]
    if (files.length > 0) onFiles(files)
  })
  return zone
}
