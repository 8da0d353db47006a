/** Numbers as images in a report: the first-layer weights, and the test images that a network predicted wrongly. */
import { channelsOf, signedColors } from '@gosa/charts'
import { html, type Markup } from '@gosa/charts/html'
import { formatPercent, formatSignificant } from '@gosa/charts/text'
import type { Tensor } from '@gosa/linalg'
import { type Mistake, unitImages } from '@gosa/training'
import { PNG } from 'pngjs'
import { reportTexts } from '../texts/report.ts'

/** Larger images are shrunk to this many rows or columns: they would look no better, and make files large. */
const MAX_IMAGE_SIDE = 40

/** Numbers in rows: an image, or weights seen as one. */
export interface PixelGrid {
  readonly height: number
  readonly width: number
  readonly values: ArrayLike<number>
}

/** A colour and its opacity from 0 to 1, so that an image suits light and dark pages. */
export interface Ink {
  readonly color: readonly [red: number, green: number, blue: number]
  readonly opacity: number
}

/** The grid as an `<img>` with a pixel for each number. */
export function image(
  grid: PixelGrid,
  { ink, alt, kind }: { ink(value: number): Ink; alt: string; kind: 'ink' | 'weights' },
): Markup {
  const { height, width, values } = shrink(grid, MAX_IMAGE_SIDE)
  const png = new PNG({ height, width })
  for (let i = 0; i < height * width; i++) {
    const { color, opacity } = ink(values[i])
    png.data.set([...color, Math.round(255 * Math.min(1, Math.max(0, opacity)))], 4 * i)
  }
  const data = PNG.sync.write(png, { deflateLevel: 9 }).toString('base64')
  return html`<img class="${kind}" width="${width}" height="${height}" alt="${alt}" src="data:image/png;base64,${data}">`
}

/** Black for 1, nothing for 0; a dark page inverts it. */
export const blackInk = (value: number): Ink => ({ color: [0, 0, 0], opacity: value })

const [POSITIVE, NEGATIVE] = [channelsOf(signedColors.positive), channelsOf(signedColors.negative)]

/** Vermilion above 0, blue below; opaque from ±`full` on. */
export const signedInk =
  (full: number) =>
  (value: number): Ink => ({ color: value < 0 ? NEGATIVE : POSITIVE, opacity: Math.abs(value) / full })

/** A grid of at most `maxSide` rows and columns, in which each number is the mean of a block of the larger one. */
export function shrink(grid: PixelGrid, maxSide: number): PixelGrid {
  const block = Math.ceil(Math.max(grid.height, grid.width) / maxSide)
  if (block <= 1) return grid
  const [height, width] = [grid.height, grid.width].map((length) => Math.ceil(length / block))
  const sums = new Float64Array(height * width)
  const counts = new Float64Array(height * width)
  for (let y = 0; y < grid.height; y++) {
    for (let x = 0; x < grid.width; x++) {
      const i = Math.floor(y / block) * width + Math.floor(x / block)
      sums[i] += grid.values[y * grid.width + x]
      counts[i]++
    }
  }
  return { height, width, values: sums.map((sum, i) => sum / counts[i]) }
}

interface ImageSize {
  readonly height: number
  readonly width: number
}

/** The weights `W (D, H)` of a first layer, D = height·width pixels, as an image for each of the H units. */
export function weightImages(W: Tensor, { height, width }: ImageSize): Markup {
  const { images, units, limit } = unitImages(W)
  const texts = reportTexts().units
  const pictures = images.map((values, unit) =>
    image({ height, width, values }, { ink: signedInk(limit), alt: texts.unit(unit), kind: 'weights' }),
  )
  return html`<p><span class="positive">${texts.red}</span>${texts.excite}<span class="negative">${texts.blue}</span>${texts.inhibit(formatSignificant(limit, 2))}${images.length < units ? texts.first(images.length, units) : ''}</p>
<div class="units">${pictures.map(
    (picture) => html`${picture}
`,
  )}</div>`
}

/** The images of mistakes, each with its label, the predicted class and its probability. */
export function mistakeImages(mistakes: readonly Mistake[], x: Tensor, size: ImageSize): Markup {
  const texts = reportTexts().mistake
  const items = mistakes.map(({ index, label, predicted, probability, probabilityOfLabel }) => {
    const grid = { ...size, values: x.row(index).data }
    const picture = image(grid, { ink: blackInk, alt: texts.image(index), kind: 'ink' })
    return html`<li title="${texts.title(index, formatPercent(probabilityOfLabel))}">${picture}<span><b>${label}</b>${texts.predictedAs}<b class="wrong">${predicted}</b></span><span>${formatPercent(probability)}</span></li>
`
  })
  return html`<ul class="images">${items}</ul>`
}
