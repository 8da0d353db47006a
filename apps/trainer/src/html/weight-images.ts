import type { Tensor } from '@gosa/linalg'
import { histogram } from '../report/histogram.ts'
import { image, signed } from './image.ts'
import { html, type Markup } from './markup.ts'

/** More units than these are not all shown. */
const MOST = 100

/** The colour is full at as many standard deviations of all weights. */
const DEVIATIONS = 4

/** The weights `W (D, H)` of a first layer, D = height·width pixels: an image of what each of the H units looks for. */
export function weightImages(W: Tensor, { height, width }: { height: number; width: number }): Markup {
  const [inputs, units] = W.shape
  const { sumOfSquares, count } = histogram(W.data)
  const most = DEVIATIONS * Math.sqrt(sumOfSquares / count) || 1
  const shown = Math.min(units, MOST)
  const pictures = Array.from({ length: shown }, (_, unit) => {
    const values = Float64Array.from({ length: inputs }, (_, pixel) => W.data[pixel * units + unit])
    return image({ height, width, values }, { ink: signed(most), alt: `unit ${unit}`, kind: 'weights' })
  })
  return html`<p><span class="positive">Red</span> pixels excite a unit, <span class="negative">blue</span> ones inhibit it; the colour is full from ${most.toPrecision(2)} on.${shown < units ? ` The first ${shown} of ${units} units.` : ''}</p>
<div class="units">${pictures.map(
    (picture) => html`${picture}
`,
  )}</div>`
}
