import type { Point } from '@gosa/training'
import { chartAxes, PLOT } from './chart-axes.ts'
import { html, type Markup } from './markup.ts'
import { rangeOf, rounded, type Scale, scale } from './scale.ts'
import { tenths } from './tenths.ts'

export interface Series {
  name: string
  /** Which colour and dashes it has: a class of the style sheet. */
  kind: 'train' | 'test' | 'validation' | 'batch' | 'rate'
  points: readonly Point[]
}

export interface Chart {
  title: string
  /** What the axes measure, and in which unit. */
  x: string
  y: string
  /** Where the axis of y must begin and end at least. */
  from?: number
  to?: number
  series: readonly Series[]
  /** A value of y, for people. */
  show(value: number): string
}

/** More points of a series than these cannot be told apart. */
const DOTS = 50

/** Curves as an SVG picture with axes, and a legend that says where each ends. */
export function lineChart(chart: Chart): Markup {
  const series = chart.series
    .map((one) => ({ ...one, points: one.points.filter((point) => point.every(Number.isFinite)) }))
    .filter(({ points }) => points.length > 0)
  const all = series.flatMap(({ points }) => points)
  if (all.length === 0)
    return html`<figure><figcaption>${chart.title}</figcaption><p>Nothing was measured so far.</p></figure>`
  const [along, up] = [0, 1].map((i) => all.map((point) => point[i]))
  const x = scale(rangeOf(along, { from: 0 }), PLOT.left, PLOT.right)
  const y = scale(rounded(rangeOf(up, chart)), PLOT.bottom, PLOT.top)
  const spoken = series.map((one) => `${one.name} ends at ${chart.show(lastOf(one))}`).join(', ')
  return html`<figure class="chart"><figcaption>${chart.title}</figcaption>
<svg viewBox="0 0 ${PLOT.width} ${PLOT.height}" role="img" aria-label="${chart.title}: ${spoken}">
${chartAxes(x, y, chart)}
${series.map((one) => curve(one, x, y, chart))}
</svg>
${legend(series, chart)}</figure>
`
}

const lastOf = ({ points }: Series): number => points[points.length - 1][1]

function curve({ kind, name, points }: Series, x: Scale, y: Scale, chart: Chart): Markup {
  const places = points.map(([at, value]) => [tenths(x.place(at)), tenths(y.place(value))])
  const line = places.map((place, i) => `${i === 0 ? 'M' : 'L'}${place.join(' ')}`).join('')
  // A line needs two points.
  const dotted = points.length === 1 || (kind !== 'batch' && points.length <= DOTS)
  const dots = () =>
    places.map(
      ([cx, cy], i) =>
        html`<circle class="${kind}" cx="${cx}" cy="${cy}" r="2.6"><title>${name}, ${chart.x} ${Number(points[i][0].toFixed(2))}: ${chart.show(points[i][1])}</title></circle>`,
    )
  return html`<path class="curve ${kind}" d="${line}"/>${dotted ? dots() : undefined}`
}

const legend = (series: readonly Series[], { show }: Chart): Markup =>
  html`<ul class="legend">${series.map(
    (one) =>
      html`<li><svg viewBox="0 0 24 8" aria-hidden="true"><path class="curve ${one.kind}" d="M1 4H23"/></svg>${one.name} <b>${show(lastOf(one))}</b></li>`,
  )}</ul>`
