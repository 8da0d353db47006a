/** Panels of curves, bars and cells, put together to one SVG document that follows the reader's theme. */
import {
  axisTicks,
  chartStyle,
  customProperties,
  linearScale,
  niceRange,
  palettes,
  rangeOf,
} from '@gosa/charts'
import { escapeMarkup } from '@gosa/charts/html'

/** How a curve is drawn: its colour and its dashes. */
export type Kind = 'train' | 'test' | 'validation' | 'batch' | 'fourth'

export interface Curve {
  readonly name: string
  readonly kind: Kind
  readonly points: readonly (readonly [x: number, y: number])[]
}

/** A chart of curves. Curves leave the chart where they leave its ranges. */
export interface CurvePanel {
  readonly title?: string
  readonly curves: readonly Curve[]
  readonly xLabel?: string
  readonly yLabel?: string
  readonly xRange?: { low?: number; high?: number }
  readonly yRange?: { low?: number; high?: number }
  /** Labels of the axes; by default as many decimals as they need. */
  readonly xTick?: (x: number) => string
  /** Whether the names of the curves are shown; true by default. */
  readonly legend?: boolean
  /** Dots without a line. */
  readonly scatter?: boolean
}

export interface Size {
  readonly width: number
  readonly height: number
}

/** A text at a point. */
export const label = (x: number, y: number, text: string, kind = ''): string =>
  `<text class="${kind}" x="${px(x)}" y="${px(y)}">${escapeMarkup(text)}</text>`

export const px = (value: number): string => String(Number(value.toFixed(1)))

let clips = 0

export function curvePanel(panel: CurvePanel, { width, height }: Size): string {
  const { title, curves, xLabel, yLabel, xTick, legend = true, scatter = false } = panel
  const left = yLabel ? 50 : 36
  const [right, top] = [width - 10, (title ? 22 : 6) + (legend ? 16 * Math.ceil(curves.length / 2) : 0)]
  const bottom = height - (xLabel ? 38 : 22)
  const finite = curves.flatMap(({ points }) => points).filter((point) => point.every(Number.isFinite))
  const xExtent = rangeOf(
    finite.map(([x]) => x),
    panel.xRange,
  )
  const yExtent = niceRange(
    panel.yRange?.high !== undefined && panel.yRange.low !== undefined
      ? { low: panel.yRange.low, high: panel.yRange.high }
      : rangeOf(
          finite.map(([, y]) => y),
          panel.yRange,
        ),
  )
  const [x, y] = [linearScale(xExtent, left, right), linearScale(yExtent, bottom, top)]
  const [xTicks, yTicks] = [axisTicks(xExtent), axisTicks(yExtent)]
  const clip = `clip${++clips}`
  return [
    title ? label(width / 2, 14, title, 'title') : '',
    ...(legend ? curves.map((curve, i) => legendEntry(curve, left, title ? 34 : 18, right, i)) : []),
    ...yTicks.values.map(
      (value) =>
        `<path class="grid" d="M${left} ${px(y(value))}H${px(right)}"/>${label(left - 6, y(value) + 4, yTicks.format(value), 'end')}`,
    ),
    ...xTicks.values.map((value) => {
      // Centred labels at the right edge would reach beyond the picture.
      const anchor = right - x(value) < 12 ? 'end' : ''
      return `<path class="axis" d="M${px(x(value))} ${bottom}v4"/>${label(x(value), bottom + 17, (xTick ?? xTicks.format)(value), anchor)}`
    }),
    `<path class="axis" d="M${left} ${bottom}H${px(right)}"/>`,
    xLabel ? label((left + right) / 2, bottom + 33, xLabel) : '',
    yLabel
      ? `<text transform="translate(13 ${px((top + bottom) / 2)})rotate(-90)">${escapeMarkup(yLabel)}</text>`
      : '',
    `<clipPath id="${clip}"><rect x="${left}" y="${top - 3}" width="${px(right - left)}" height="${px(bottom - top + 3)}"/></clipPath>`,
    `<g clip-path="url(#${clip})">`,
    ...curves.map(({ kind, points }) => {
      const places = points
        .filter((point) => point.every(Number.isFinite))
        .map((point) => [px(x(point[0])), px(y(point[1]))])
      const dots = places.map(
        ([cx, cy]) => `<circle class="${kind}" cx="${cx}" cy="${cy}" r="${scatter ? 3 : 2.2}"/>`,
      )
      const line = `<path class="curve ${kind}" d="${places.map((place, i) => `${i === 0 ? 'M' : 'L'}${place.join(' ')}`).join('')}"/>`
      return (scatter ? '' : line) + (scatter || places.length <= 40 ? dots.join('') : '')
    }),
    '</g>',
  ].join('')
}

/** Two names in a line. */
function legendEntry({ name, kind }: Curve, left: number, y: number, right: number, i: number): string {
  const x = left + (i % 2) * ((right - left) / 2)
  const line = y + 16 * Math.floor(i / 2) - 8
  return `<path class="curve ${kind}" d="M${px(x)} ${line}h22"/>${label(x + 28, line + 4, name, 'start')}`
}

/** Bars of equal width side by side, from `low` to `high`. Counts above `cap` are cut there, as in the book's figures. */
export function barPanel(
  {
    title,
    counts,
    low,
    high,
    cap,
  }: { title: string; counts: readonly number[]; low: number; high: number; cap: number },
  { width, height }: Size,
): string {
  const [left, right, top, bottom] = [6, width - 6, 22, height - 18]
  const highest = Math.min(cap, Math.max(...counts))
  const barWidth = (right - left) / counts.length
  const bars = counts.map((count, i) => {
    const barHeight = (Math.min(count, highest) / highest) * (bottom - top)
    return count === 0
      ? ''
      : `M${px(left + i * barWidth)} ${px(bottom)}v${px(-barHeight)}h${px(barWidth - 0.5)}V${px(bottom)}z`
  })
  return [
    label(width / 2, 14, title),
    `<path class="bars" d="${bars.join('')}"/><path class="axis" d="M${left} ${bottom}H${right}"/>`,
    label(left, height - 5, String(low), 'start'),
    label(right, height - 5, String(high), 'end'),
  ].join('')
}

/** A matrix of cells in shades of one colour below and one above zero, relative to the largest. */
export function cells(
  values: readonly (readonly number[])[],
  { x, y, side }: { x: number; y: number; side: number },
  largest = Math.max(...values.flat().map(Math.abs)) || 1,
): string {
  const drawn = values.flatMap((row, i) =>
    row.map((value, j) => {
      const level = Math.round((5 * value) / largest)
      const kind = level === 0 ? '' : ` ${level < 0 ? 'negative' : 'positive'}`
      const opacity = level === 0 ? '' : ` fill-opacity="${px(Math.abs(level) / 5)}"`
      return `<rect class="cell${kind}"${opacity} x="${px(x + j * side)}" y="${px(y + i * side)}" width="${side}" height="${side}"/>`
    }),
  )
  return `<g shape-rendering="crispEdges">${drawn.join('')}</g>`
}

/** Panels in rows, each at its place. */
export function grid(
  panels: readonly ((size: Size) => string)[],
  columns: number,
  size: Size,
  top = 0,
): string {
  return panels
    .map((panel, i) => {
      const [x, y] = [(i % columns) * size.width, top + Math.floor(i / columns) * size.height]
      return `<g transform="translate(${px(x)} ${px(y)})">${panel(size)}</g>`
    })
    .join('\n')
}

const STYLE = [
  'text { fill: var(--ink-soft); font: 11.5px sans-serif; text-anchor: middle; font-variant-numeric: tabular-nums; }',
  'text.title { fill: var(--ink); font-size: 13px; font-weight: 600; }',
  'text.number { fill: var(--ink); font-size: 14px; }',
  'text.end { text-anchor: end; } text.start { text-anchor: start; }',
  'path.fourth { stroke: var(--ink-soft); stroke-dasharray: 9 3 2 3; } circle.fourth { fill: var(--ink-soft); }',
  '.ground { fill: var(--surface); }',
  '.cell { fill: var(--surface); stroke: var(--line); stroke-width: 0.5; }',
  '.cell.positive { fill: var(--backward); } .cell.negative { fill: var(--forward); }',
  '.box { fill: none; stroke: var(--line-strong); } .window { fill: var(--forward); fill-opacity: 0.18; stroke: var(--forward); stroke-width: 2; }',
  '.winner { fill: var(--backward); fill-opacity: 0.25; } .arrow { stroke: var(--line-strong); stroke-width: 1.5; fill: none; }',
].join('\n')

/** The document, with a title and a description for screen readers. */
export function svgDocument(
  { width, height, title, description }: Size & { title: string; description: string },
  body: string,
): string {
  clips = 0
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" role="img" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<title>${escapeMarkup(title)}</title>`,
    `<desc>${escapeMarkup(description)}</desc>`,
    `<style>svg { ${customProperties(palettes.light)} }`,
    `@media (prefers-color-scheme: dark) { svg { ${customProperties(palettes.dark)} } }`,
    chartStyle
      .split('\n')
      .filter((rule) => /^(\.(grid|axis|curve|bars)|path\.|circle\.)/.test(rule))
      .join('\n'),
    `${STYLE}</style>`,
    '<rect class="ground" width="100%" height="100%" rx="8"/>',
    body,
    '</svg>\n',
  ].join('\n')
}
