/** Points with axes, as SVG in a `<figure>`. `chartStyle` has the style sheet. */
import { linearScale, niceRange, type Range, rangeOf, tenths } from './axis.ts'
import { html, type Markup } from './html.ts'
import { axes, type ChartPoint } from './line-chart.ts'

export interface ScatterChart {
  readonly title: string
  readonly points: readonly ChartPoint[]
  /** What the axes measure, with the unit. */
  readonly xLabel: string
  readonly yLabel: string
  /** What the axes include in any case. */
  readonly xRange?: Partial<Range>
  readonly yRange?: Partial<Range>
  /** A line from the first point to the second, such as that of perfect predictions. */
  readonly line?: readonly [ChartPoint, ChartPoint]
  /** What screen readers say after the title. */
  readonly description: string
}

/** With more points every k-th one is drawn, which is said below. */
const MAX_POINTS = 2000

const [WIDTH, HEIGHT] = [360, 260]

/** The points in a `<figure>` with the title as caption. Points that are not finite are left out. */
export function scatterChart(chart: ScatterChart): Markup {
  const { title, line, description } = chart
  const finite = chart.points.filter((point) => point.every(Number.isFinite))
  if (finite.length === 0)
    return html`<figure class="chart"><figcaption>${title}</figcaption><p>No points.</p></figure>`
  const step = Math.ceil(finite.length / MAX_POINTS)
  const points = finite.filter((_, i) => i % step === 0)
  const plot = { left: 48, right: WIDTH - 8, top: 10, bottom: HEIGHT - 38 }
  const all = [...points, ...(line ?? [])]
  const [xExtent, yExtent] = [chart.xRange, chart.yRange].map((range, i) =>
    niceRange(
      rangeOf(
        all.map((point) => point[i]),
        range,
      ),
    ),
  )
  const x = linearScale(xExtent, plot.left, plot.right)
  const y = linearScale(yExtent, plot.bottom, plot.top)
  const place = ([at, value]: ChartPoint) => `${tenths(x(at))} ${tenths(y(value))}`
  return html`<figure class="chart"><figcaption>${title}</figcaption>
<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${title}: ${description}">
${axes(chart, plot, { x, y, xExtent, yExtent })}
${points.map(([at, value]) => html`<circle class="point" cx="${tenths(x(at))}" cy="${tenths(y(value))}" r="2.2"/>`)}
${line && html`<path class="curve test" d="M${place(line[0])}L${place(line[1])}"/>`}
</svg>${step > 1 ? html`<p class="soft">${points.length} of ${finite.length} points are shown.</p>` : undefined}</figure>
`
}
