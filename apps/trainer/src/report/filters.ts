/** What a ConvNet sees, in a report: its filters before and after training, and the feature maps of some images. */
import { html, type Markup } from '@gosa/charts/html'
import { formatSignificant } from '@gosa/charts/text'
import type { Layer } from '@gosa/layers'
import type { Tensor } from '@gosa/linalg'
import type { ClassSamples } from '@gosa/training'
import { reportTexts } from '../texts/report.ts'
import { blackInk, image, signedInk } from './images.ts'

/** A network whose layers can be looked into. */
export interface LayeredModel {
  readonly layers?: Readonly<Record<string, Layer>>
  /** The shape of one image. */
  readonly inputShape?: readonly number[]
}

/** Maximum number of filters, and of feature maps of an image in a layer. */
const MAX_FILTERS = 64
const MAX_MAPS = 30
/** Maximum number of images of which there are feature maps. */
const MAX_IMAGES = 3

/** The filters W (F, C, FH, FW) of the first convolution of a network; undefined if it has none. */
export const filtersOf = ({ layers = {} }: LayeredModel): Tensor | undefined =>
  Object.values(layers)
    .flatMap((layer) => layer.parameters())
    .find(({ value }) => value.rank === 4)?.value

/** The filters W (F, C, FH, FW) before and after training, an image each; channels stand below one another. */
export function filterImages(before: Tensor, after: Tensor): Markup {
  const texts = reportTexts().filters
  const grid = (W: Tensor, title: string) => {
    const [F, C, FH, FW] = W.shape
    const limit = largestOf(W.data)
    const pictures = Array.from({ length: Math.min(F, MAX_FILTERS) }, (_, f) =>
      image(
        { height: C * FH, width: FW, values: W.row(f).data },
        { ink: signedInk(limit), alt: texts.filter(f), kind: 'weights' },
      ),
    )
    const first = F > MAX_FILTERS ? texts.first(MAX_FILTERS, F) : ''
    return html`<h3>${title}</h3>
<p class="soft">${texts.limit(formatSignificant(limit, 2))}${first}</p>
${gridOf(pictures)}`
  }
  return html`${grid(before, texts.before)}${grid(after, texts.after)}`
}

/** The feature maps that layers make of the first images of different labels. */
export function featureMaps({ layers = {}, inputShape = [] }: LayeredModel, { x, t }: ClassSamples): Markup {
  const texts = reportTexts().maps
  const [height, width] = inputShape.slice(-2)
  const chosen = [...new Set(t)].slice(0, MAX_IMAGES).map((label) => t.indexOf(label))
  const shown = shownLayers(layers, inputShape)
  const items = chosen.map((index) => {
    const outputs = outputsOf(layers, x.row(index).reshape([1, ...inputShape]))
    const digit = image(
      { height, width, values: x.row(index).data },
      { ink: blackInk, alt: texts.image(index), kind: 'ink' },
    )
    const maps = shown.map(
      (name) => html`<div><p class="soft">${name}</p>${gridOf(mapsOf(outputs[name]))}</div>`,
    )
    return html`<div class="maps"><figure>${digit}<figcaption>${t[index]}</figcaption></figure><div>${maps}</div></div>\n`
  })
  return html`<p>${texts.lead}</p>${items}`
}

/** The images of (1, F, OH, OW), each black where the map is largest; red and blue if some are negative. */
function mapsOf(y: Tensor): Markup[] {
  const [, F, height, width] = y.shape
  const limit = largestOf(y.data)
  const isSigned = y.data.some((value) => value < 0)
  const ink = isSigned ? signedInk(limit) : (value: number) => blackInk(value / limit)
  return Array.from({ length: Math.min(F, MAX_MAPS) }, (_, f) =>
    image(
      { height, width, values: y.row(0).row(f).data },
      { ink, alt: reportTexts().maps.map(f), kind: isSigned ? 'weights' : 'ink' },
    ),
  )
}

/** The layer in which the first convolution ends, with its activation; and the last one with images, after another convolution. */
function shownLayers(layers: Readonly<Record<string, Layer>>, inputShape: readonly number[]): string[] {
  const names = Object.keys(layers)
  const isConvolution = (name: string) => layers[name].parameters().some(({ value }) => value.rank === 4)
  const shapes: (readonly number[])[] = []
  for (const name of names) {
    shapes.push(layers[name].outputShape?.(shapes.at(-1) ?? inputShape) ?? shapes.at(-1) ?? inputShape)
  }
  let first = names.findIndex(isConvolution)
  while (shapes[first + 1]?.join() === shapes[first].join() && !isConvolution(names[first + 1])) first++
  const last = shapes.map((shape) => shape.length === 3 && shape[1] * shape[2] > 1).lastIndexOf(true)
  const isDeep = names.filter(isConvolution).length > 1
  return isDeep && last > first ? [names[first], names[last]] : [names[first]]
}

function outputsOf(layers: Readonly<Record<string, Layer>>, x: Tensor): Record<string, Tensor> {
  const outputs: Record<string, Tensor> = {}
  let value = x
  for (const [name, layer] of Object.entries(layers)) outputs[name] = value = layer.forward(value)
  return outputs
}

const gridOf = (pictures: readonly Markup[]): Markup =>
  html`<div class="units">${pictures.map((picture) => html`${picture}\n`)}</div>`

/** The largest absolute value that is finite; 1 if there is none but 0. */
function largestOf(values: ArrayLike<number>): number {
  let largest = 0
  for (let i = 0; i < values.length; i++) {
    if (Number.isFinite(values[i])) largest = Math.max(largest, Math.abs(values[i]))
  }
  return largest || 1
}
