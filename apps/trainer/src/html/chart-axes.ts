import { type Content, html } from './markup.ts'
import type { Scale } from './scale.ts'
import { tenths } from './tenths.ts'

/** A chart's picture, and where in it the plot is, in units of a phone's width. */
export const PLOT = { width: 360, height: 220, left: 48, right: 352, top: 10, bottom: 182 } as const

/** The axes of a chart, with what they measure: a line and numbers below, lines across at the numbers of the other. */
export function chartAxes(x: Scale, y: Scale, names: { x: string; y: string }): Content {
  const { height, left, right, top, bottom } = PLOT
  const upright = y.ticks.values.map((value) => {
    const place = y.place(value)
    return html`<path class="grid" d="M${left} ${tenths(place)}H${right}"/><text class="end" x="${left - 6}" y="${tenths(place + 4)}">${y.ticks.show(value)}</text>`
  })
  const level = x.ticks.values.map((value) => {
    const place = tenths(x.place(value))
    return html`<path class="axis" d="M${place} ${bottom}v4"/><text x="${place}" y="${bottom + 17}">${x.ticks.show(value)}</text>`
  })
  return [
    ...[upright, level, html`<path class="axis" d="M${left} ${bottom}H${right}"/>`],
    html`<text x="${(left + right) / 2}" y="${height - 4}">${names.x}</text>`,
    html`<text transform="translate(12 ${(top + bottom) / 2})rotate(-90)">${names.y}</text>`,
  ]
}
