/** Dropping and choosing files. */
import type { TrainTexts } from '../../i18n/train.ts'
import { el } from '../../ui/el.ts'

/** The place where files of images are dropped or chosen. */
export function dropZone(t: TrainTexts, onFiles: (files: File[]) => void): HTMLElement {
  const input = el('input', {
    ...{ type: 'file', multiple: true, class: 'visually-hidden', id: 'image-files' },
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

/** Accepts files that are dropped anywhere on the page, and highlights `zone` meanwhile. Returns a function that stops that. */
export function acceptDrops(
  page: HTMLElement,
  zone: HTMLElement,
  onFiles: (files: File[]) => void,
): () => void {
  const controller = new AbortController()
  const listen = (type: 'dragover' | 'dragleave' | 'drop', listener: (event: DragEvent) => void) =>
    page.ownerDocument.addEventListener(type, listener, { signal: controller.signal })
  listen('dragover', () => zone.classList.add('over'))
  listen('dragleave', () => zone.classList.remove('over'))
  listen('drop', ({ dataTransfer }) => {
    zone.classList.remove('over')
    const files = [...(dataTransfer?.files ?? [])]
    if (files.length > 0) onFiles(files)
  })
  return () => controller.abort()
}
