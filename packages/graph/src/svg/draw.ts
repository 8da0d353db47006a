/** The parts of a picture as SVG: edges, nodes, heat maps and the legend. */
import { escapeMarkup } from '@gosa/charts/html'
import type { Graph, GraphEdge, GraphNode } from '../graph.ts'
import { SHADES } from '../layout/heat-map.ts'
import { type FlowLabel, shortLabel, type TextBox, textWidth } from '../layout/measure.ts'
import type { DrawnEdge, DrawnNode } from '../layout/scene.ts'
import { asNumber } from '../values.ts'
import { type ArrowContext, arrow, cornerRadius, px } from './arrows.ts'

/** What a picture shows of a graph after some of its steps. */
export interface Visibility {
  hasValue(edge: GraphEdge): boolean
  hasGradient(edge: GraphEdge): boolean
  /** Whether the latest step was this node, or used this edge. */
  isCurrent(part: GraphNode | GraphEdge): boolean
}

/** An edge with its visible labels. */
export function drawEdge(drawn: DrawnEdge, i: number, context: ArrowContext, visible: Visibility): string {
  const { edge, value, gradient } = drawn
  const parts = [arrow(drawn, context, 'forward', gradient !== undefined)]
  if (visible.hasValue(edge))
    parts.push(drawText(value.text, 'g-value'), value.heat ? drawHeatMap(value.heat) : '')
  if (gradient && visible.hasGradient(edge)) {
    parts.push(arrow(drawn, context, 'backward'), drawText(gradient.text, 'g-gradient'))
    if (gradient.heat) parts.push(drawHeatMap(gradient.heat))
  }
  return `<g data-edge="${i}"${visible.isCurrent(edge) ? ' class="g-now"' : ''}>${parts.join('')}</g>`
}

/** A node with its label, and its id as a tooltip. */
export function drawNode({ node, shape, box, label, detail }: DrawnNode, visible: Visibility): string {
  const { x, y, width, height } = box
  const radius = cornerRadius({ shape, box })
  const outline =
    shape === 'circle'
      ? `<circle class="g-node g-${node.kind}" cx="${px(x + width / 2)}" cy="${px(y + height / 2)}" r="${px(width / 2)}"/>`
      : `<rect class="g-node g-${node.kind}" x="${px(x)}" y="${px(y)}" width="${px(width)}" height="${px(height)}" rx="${px(radius)}"/>`
  const tooltip = node.label === node.id ? node.id : `${node.label} (${node.id})`
  return `<g data-node="${escapeMarkup(node.id)}"${visible.isCurrent(node) ? ' class="g-now"' : ''}><title>${escapeMarkup(tooltip)}</title>${outline}${drawText(label, 'g-label')}${detail ? drawText(detail, 'g-detail') : ''}</g>`
}

/** The baseline is 0.35 em below the middle of the letters. */
const drawText = ({ text, size, x, y, width, height }: TextBox, kind: string): string =>
  `<text class="${kind}" x="${px(x + width / 2)}" y="${px(y + height / 2 + 0.35 * size)}" font-size="${size}">${escapeMarkup(text)}</text>`

/** A heat map as one path for each shade. Neighbours in a row with the same shade are one rectangle. */
function drawHeatMap({ map, x, y, width, height }: NonNullable<FlowLabel['heat']>): string {
  const pathByShade = new Map<string, string>()
  const { rows, columns, levels } = map
  for (let row = 0; row < rows; row++) {
    for (let start = 0, end = 0; start < columns; start = end) {
      const level = levels[row * columns + start]
      do end++
      while (end < columns && Object.is(levels[row * columns + end], level))
      const shade = shadeClass(level)
      pathByShade.set(
        shade,
        `${pathByShade.get(shade) ?? ''}M${start} ${row}h${end - start}v1h${start - end}z`,
      )
    }
  }
  // The shade of zero is drawn as one rectangle below everything, so that no seams show between cells.
  pathByShade.delete('g-0')
  const cells = [...pathByShade].map(([shade, path]) => `<path class="${shade}" d="${path}"/>`)
  const transform = `transform="translate(${px(x)} ${px(y)}) scale(${width / Math.max(1, columns)} ${height / Math.max(1, rows)})"`
  return (
    `<rect class="g-0" x="${px(x)}" y="${px(y)}" width="${px(width)}" height="${px(height)}"/>` +
    `<g ${transform} shape-rendering="crispEdges">${cells.join('')}</g>` +
    `<rect class="g-frame" x="${px(x)}" y="${px(y)}" width="${px(width)}" height="${px(height)}"/>`
  )
}

function shadeClass(level: number): string {
  if (Number.isNaN(level)) return 'g-bad'
  const shade = Math.min(SHADES, Math.abs(level))
  return shade === 0 ? 'g-0' : `g-${level < 0 ? 'n' : 'p'}${shade}`
}

/** Sizes of the legend in pixels. */
const LEGEND = { textSize: 12, height: 30, left: 14, sample: 30 }

/** The legend: the two kinds of arrows, and the colours of heat maps if there are any. */
export function drawLegend({ nodes, edges }: Graph, top: number, paired: boolean) {
  const result = shortLabel(nodes[nodes.length - 1].label)
  const hasHeatMaps = edges.some(({ value }) => asNumber(value) === undefined)
  const entries: (readonly [kind: 'forward' | 'backward' | 'heat', text: string])[] = [
    ['forward', 'value'],
    ...(paired ? [['backward', `gradient, ∂${result}/∂value`] as const] : []),
    ...(hasHeatMaps ? [['heat', 'negative to positive'] as const] : []),
  ]
  const y = top + LEGEND.height / 2 - 3
  let x = LEGEND.left
  const svg = entries.map(([kind, text]) => {
    const left = x
    x += LEGEND.sample + 8 + textWidth(text) * LEGEND.textSize + 20
    return (
      (kind === 'heat' ? heatSample(left, y) : arrowSample(kind, left, y)) +
      `<text class="g-legend" text-anchor="start" x="${px(left + LEGEND.sample + 8)}" y="${px(y + 4.2)}" font-size="${LEGEND.textSize}">${escapeMarkup(text)}</text>`
    )
  })
  return { width: x, height: LEGEND.height, svg: `<g>${svg.join('')}</g>` }
}

function arrowSample(kind: 'forward' | 'backward', left: number, y: number): string {
  const right = left + LEGEND.sample
  const head = kind === 'forward' ? `M${px(right)} ${px(y)}l-8 -4v8z` : `M${px(left)} ${px(y)}l8 -4v8z`
  const [from, to] = kind === 'forward' ? [left, right - 7] : [left + 7, right]
  return `<path class="g-${kind}" d="M${px(from)} ${px(y)}H${px(to)}"/><path class="g-${kind}-head" d="${head}"/>`
}

function heatSample(left: number, y: number): string {
  const levels = Array.from({ length: 2 * SHADES + 1 }, (_, i) => i - SHADES)
  const map = { rows: 1, columns: levels.length, levels, width: LEGEND.sample, height: 8 }
  return drawHeatMap({ map, x: left, y: y - 4, width: map.width, height: map.height })
}
