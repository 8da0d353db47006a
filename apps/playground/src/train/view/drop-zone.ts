import { el } from '../../dom/el.ts'
import type { TrainTexts } from '../../text/train.ts'

/** A place for the files of a set of images: dropped there, or chosen. */
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
  return zone
}

/** Takes files that are dropped anywhere on a page, and shows meanwhile where they are expected. */
export function takeDrops(
  page: HTMLElement,
  zone: HTMLElement,
  onFiles: (files: File[]) => void,
): () => void {
  const controller = new AbortController()
  const listen = (type: 'dragover' | 'dragleave' | 'drop', heard: (event: DragEvent) => void) =>
    page.ownerDocument.addEventListener(type, heard, { signal: controller.signal })
  listen('dragover', () => zone.classList.add('over'))
  listen('dragleave', () => zone.classList.remove('over'))
  listen('drop', ({ dataTransfer }) => {
    zone.classList.remove('over')
    const files = [...(dataTransfer?.files ?? [])]
    if (files.length > 0) onFiles(files)
  })
  return () => controller.abort()
}
