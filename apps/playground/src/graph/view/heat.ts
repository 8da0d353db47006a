import { showNumber } from '@gosa/graph'
import type { Tensor } from '@gosa/linalg'
import { el } from '../../dom/el.ts'
import type { GraphTexts } from '../../text/graph.ts'
import type { Palette } from '../../view/palette.ts'
import { paintImages } from '../../view/pixels.ts'
import { imagesOf } from '../model/images.ts'

/** The most that a picture is wide and high, and a cell of it large. */
const MOST = { width: 290, height: 170, cell: 22 }

/** A tensor as a picture, with its name, its shape and from where to where it reaches. */
export function heat(name: string, tensor: Tensor, { diverging }: Palette, t: GraphTexts): HTMLElement {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const x of tensor.data) [low, high] = [Math.min(low, x), Math.max(high, x)]
  const [from, to] = [low, high].map((x) => showNumber(Number(x.toPrecision(3))))
  const shape = `(${tensor.shape.join(', ')})`
  const canvas = el('canvas', { class: 'pixels', role: 'img', 'aria-label': t.heat(name, shape, from, to) })
  const { levels, width, height, perRow } = imagesOf(tensor)
  paintImages(canvas, levels, diverging, { width, height, perRow })
  const cell = Math.min(MOST.cell, MOST.width / canvas.width, MOST.height / canvas.height)
  canvas.style.width = `${Math.max(8, Math.round(canvas.width * cell))}px`
  canvas.style.height = `${Math.max(8, Math.round(canvas.height * cell))}px`
  return el(
    'figure',
    { class: 'heat' },
    el('figcaption', {}, el('b', {}, name), ' ', el('span', { class: 'number' }, shape)),
    canvas,
    el('span', { class: 'note number' }, t.range(from, to)),
  )
}
