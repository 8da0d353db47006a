import type { Tensor } from '@gosa/linalg'
import { unitImages } from '@gosa/training'
import { image, signed } from './image.ts'
import { html, type Markup } from './markup.ts'

/** The weights `W (D, H)` of a first layer, D = height·width pixels: an image of what each of the H units looks for. */
export function weightImages(W: Tensor, { height, width }: { height: number; width: number }): Markup {
  const { images, units, limit } = unitImages(W)
  const pictures = images.map((values, unit) =>
    image({ height, width, values }, { ink: signed(limit), alt: `unit ${unit}`, kind: 'weights' }),
  )
  return html`<p><span class="positive">Red</span> pixels excite a unit, <span class="negative">blue</span> ones inhibit it; the colour is full from ${limit.toPrecision(2)} on.${images.length < units ? ` The first ${images.length} of ${units} units.` : ''}</p>
<div class="units">${pictures.map(
    (picture) => html`${picture}
`,
  )}</div>`
}
