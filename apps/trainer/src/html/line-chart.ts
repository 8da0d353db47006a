import type { Point } from '@gosa/training-kit'
import { type Content, html, type Markup } from './markup.ts'
import { rangeOf, rounded, type Scale, scale } from './scale.ts'

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

/** The picture and where its plot is, in units of a phone's width. */
const [WIDTH, HEIGHT] = [360, 220]
const [LEFT, RIGHT, TOP, BOTTOM] = [48, WIDTH - 8, 10, HEIGHT - 38]

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
  const x = scale(
    rangeOf(
      all.map(([at]) => at),
      { from: 0 },
    ),
    LEFT,
    RIGHT,
  )
  const y = scale(
    rounded(
      rangeOf(
        all.map(([, value]) => value),
        chart,
      ),
    ),
    BOTTOM,
    TOP,
  )
  const spoken = series.map((one) => `${one.name} ends at ${chart.show(lastOf(one))}`).join(', ')
  return html`<figure class="chart"><figcaption>${chart.title}</figcaption>
<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${chart.title}: ${spoken}">
${axes(x, y, chart)}
${series.map((one) => curve(one, x, y, chart))}
</svg>
${legend(series, chart)}</figure>
`
}

const lastOf = ({ points }: Series): number => points[points.length - 1][1]

/** Tenths are enough for a place in a picture. */
const fixed = (value: number): string => String(Number(value.toFixed(1)))

function axes(x: Scale, y: Scale, chart: Chart): Content {
  const upright = y.ticks.values.map((value) => {
    const place = y.place(value)
    return html`<path class="grid" d="M${LEFT} ${fixed(place)}H${RIGHT}"/><text class="end" x="${LEFT - 6}" y="${fixed(place + 4)}">${y.ticks.show(value)}</text>`
  })
  const level = x.ticks.values.map((value) => {
    const place = fixed(x.place(value))
    return html`<path class="axis" d="M${place} ${BOTTOM}v4"/><text x="${place}" y="${BOTTOM + 17}">${x.ticks.show(value)}</text>`
  })
  return [
    ...[upright, level, html`<path class="axis" d="M${LEFT} ${BOTTOM}H${RIGHT}"/>`],
    html`<text x="${(LEFT + RIGHT) / 2}" y="${HEIGHT - 4}">${chart.x}</text>`,
    html`<text transform="translate(12 ${(TOP + BOTTOM) / 2})rotate(-90)">${chart.y}</text>`,
  ]
}

function curve({ kind, name, points }: Series, x: Scale, y: Scale, chart: Chart): Markup {
  const places = points.map(([at, value]) => [fixed(x.place(at)), fixed(y.place(value))])
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
