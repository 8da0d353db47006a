/** Curves with axes and a legend, as SVG in a `<figure>`. `chartStyle` has the style sheet. */
import { axisTicks, linearScale, niceRange, type Range, rangeOf, type Scale, tenths } from './axis.ts'
import { type Content, html, type Markup } from './html.ts'

/** A point of a curve. */
export type ChartPoint = readonly [x: number, y: number]

/** What a curve shows, which decides its colour and its dashes: a class of the style sheet. */
export type SeriesKind = 'train' | 'validation' | 'test' | 'batch' | 'rate'

export interface Series {
  readonly name: string
  readonly kind: SeriesKind
  /** In the order of x. Points that are not finite are left out. */
  readonly points: readonly ChartPoint[]
}

export interface LineChart {
  readonly title: string
  readonly series: readonly Series[]
  /** What the axes measure, with the unit; no labels by default. */
  readonly xLabel?: string
  readonly yLabel?: string
  /** What the axes include in any case: by default x = 0, and of y what the points have. */
  readonly xRange?: Partial<Range>
  readonly yRange?: Partial<Range>
  /** The labels of ticks; by default as many decimals as they need. */
  readonly xTick?: (x: number) => string
  readonly yTick?: (y: number) => string
  /** A value of y in the legend, the hints and the description. */
  readonly format: (y: number) => string
  /** What screen readers say after the title; by default where each curve ends. */
  readonly description?: string
  /** How the description says where a curve ends; in English by default. */
  readonly endsAt?: (name: string, value: string) => string
  /** What is said if there are no points. */
  readonly empty?: string
  /** The size in units of the picture, by default 360 × 220: for text at its true size, the width in pixels. */
  readonly width?: number
  readonly height?: number
}

/** A curve of more points is drawn with every k-th of them, and always the last one. */
const MAX_POINTS = 300
/** A curve of more points is drawn without dots, which would not be told apart. */
const MAX_DOTS = 50

const END = (name: string, value: string): string => `${name} ends at ${value}`

/** The curves in a `<figure>` with the title as caption and a legend that says where each curve ends. */
export function lineChart(chart: LineChart): Markup {
  const { title, empty = 'No measurements yet.', endsAt = END, format } = chart
  const series = chart.series
    .map((one) => ({ ...one, points: thinned(one.points.filter((point) => point.every(Number.isFinite))) }))
    .filter(({ points }) => points.length > 0)
  if (series.length === 0)
    return html`<figure class="chart"><figcaption>${title}</figcaption><p>${empty}</p></figure>`
  const { width = 360, height = 220, xRange = { low: 0 }, yRange } = chart
  const plot = {
    left: chart.yLabel ? 48 : 40,
    right: width - 8,
    top: 10,
    bottom: height - (chart.xLabel ? 38 : 22),
  }
  const all = series.flatMap(({ points }) => points)
  const [xs, ys] = [0, 1].map((i) => all.map((point) => point[i]))
  const [xExtent, yExtent] = [rangeOf(xs, xRange), niceRange(rangeOf(ys, yRange))]
  const x = linearScale(xExtent, plot.left, plot.right)
  const y = linearScale(yExtent, plot.bottom, plot.top)
  const ends = series.map(({ name, points }) => endsAt(name, format(lastOf(points)))).join(', ')
  return html`<figure class="chart"><figcaption>${title}</figcaption>
<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${title}: ${chart.description ?? ends}">
${axes(chart, plot, { x, y, xExtent, yExtent })}
${series.map((one) => curve(one, x, y, chart))}
</svg>
<ul class="legend">${series.map(
    ({ kind, name, points }) =>
      html`<li><svg viewBox="0 0 24 8" aria-hidden="true"><path class="curve ${kind}" d="M1 4H23"/></svg>${name} <b>${format(lastOf(points))}</b></li>`,
  )}</ul></figure>
`
}

const lastOf = (points: readonly ChartPoint[]): number => points[points.length - 1][1]

function thinned(points: readonly ChartPoint[]): readonly ChartPoint[] {
  const step = Math.ceil(points.length / MAX_POINTS)
  return points.filter((_, i) => (points.length - 1 - i) % step === 0)
}

/** The edges of what is drawn in. */
export interface Plot {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

export interface Scales {
  readonly x: Scale
  readonly y: Scale
  readonly xExtent: Range
  readonly yExtent: Range
}

/** The x axis with its numbers, grid lines at the numbers of y, and what both measure. */
export function axes(
  chart: Pick<LineChart, 'xTick' | 'yTick' | 'xLabel' | 'yLabel'>,
  plot: Plot,
  { x, y, xExtent, yExtent }: Scales,
): Content {
  const { left, right, top, bottom } = plot
  const [xTicks, yTicks] = [axisTicks(xExtent), axisTicks(yExtent)]
  const { xTick = xTicks.format, yTick = yTicks.format, xLabel, yLabel } = chart
  return [
    yTicks.values.map((value) => {
      const at = y(value)
      return html`<path class="grid" d="M${left} ${tenths(at)}H${right}"/><text class="end" x="${left - 6}" y="${tenths(at + 4)}">${yTick(value)}</text>`
    }),
    xTicks.values.map((value) => {
      const at = tenths(x(value))
      // Centred labels at the right edge would reach beyond the picture.
      const anchor = right - x(value) < 12 ? html` class="end"` : undefined
      return html`<path class="axis" d="M${at} ${bottom}v4"/><text${anchor} x="${at}" y="${bottom + 17}">${xTick(value)}</text>`
    }),
    html`<path class="axis" d="M${left} ${bottom}H${right}"/>`,
    xLabel && html`<text x="${(left + right) / 2}" y="${bottom + 34}">${xLabel}</text>`,
    yLabel && html`<text transform="translate(12 ${(top + bottom) / 2})rotate(-90)">${yLabel}</text>`,
  ]
}

function curve({ kind, name, points }: Series, x: Scale, y: Scale, { xLabel, format }: LineChart): Markup {
  const positions = points.map(([at, value]) => [tenths(x(at)), tenths(y(value))])
  const path = positions.map((position, i) => `${i === 0 ? 'M' : 'L'}${position.join(' ')}`).join('')
  // A line needs two points, so that a single one is a dot.
  const hasDots = points.length === 1 || (kind !== 'batch' && points.length <= MAX_DOTS)
  const hint = ([at, value]: ChartPoint) =>
    `${name}, ${xLabel ? `${xLabel} ` : ''}${Number(at.toFixed(2))}: ${format(value)}`
  const dots = hasDots
    ? positions.map(
        ([cx, cy], i) =>
          html`<circle class="${kind}" cx="${cx}" cy="${cy}" r="2.6"><title>${hint(points[i])}</title></circle>`,
      )
    : undefined
  return html`<path class="curve ${kind}" d="${path}"/>${dots}`
}
