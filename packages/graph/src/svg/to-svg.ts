import type { Graph, GraphEdge, GraphNode } from '../graph.ts'
import { type DrawnEdge, type DrawnNode, sceneOf, type Text } from '../layout/scene.ts'
import { cut, textWidth } from '../layout/text-size.ts'
import { stepsOf } from '../steps.ts'
import { describeGraph, titleOf } from '../text/describe.ts'
import { asNumber } from '../value.ts'
import { backwardArrow, forwardArrow } from './arrows.ts'
import { drawHeat } from './draw-heat.ts'
import { LEVELS } from './heat-map.ts'
import { styleSheet, type Theme } from './palette.ts'
import { escapeXml, px } from './xml.ts'

/** How a graph is drawn. */
export interface SvgOptions {
  /** Values alone, or gradients below them as well, where there are some; `both` by default. */
  show?: 'forward' | 'both'
  /** `auto`, the default, follows what the reader prefers. */
  theme?: Theme
  /** After so many of its steps (`stepsOf`): what is not yet known is left out, the latest node stands out. All by default. */
  step?: number
  /** Rows and columns in which heat maps of a node's value are arranged: `{ x: [28, 28] }` shows a vector of 784 as an image. */
  arrange?: Readonly<Record<string, readonly [rows: number, columns: number]>>
  /** What screen readers say; made from the graph by default, in English. */
  title?: string
  description?: string
  /** A line that says what the two kinds of arrows are; true by default. */
  legend?: boolean
  /** Whether the ground is coloured; true by default. */
  background?: boolean
  /** Without its style sheet (false) a picture within a page takes the page's own rules for its classes, `g-value` and so on. */
  style?: boolean
}

/**
 * The graph as the book draws it, as an SVG document that stands alone: operations as circles, values above the arrows,
 * gradients below them in another colour, matrices as heat maps (purple below zero, green above).
 *
 * No text overlaps another. The groups of nodes and arrows carry `data-node` and `data-edge`, their id and their position.
 * Throws a `RangeError` where there is no such step.
 *
 * Source: Deep Learning from Scratch, the figures of sections 5.1 to 5.6.
 */
export function toSvg(graph: Graph, options: SvgOptions = {}): string {
  const {
    show = 'both',
    theme = 'auto',
    step,
    arrange = {},
    legend = true,
    background = true,
    style = true,
  } = options
  const gradients = show === 'both'
  const scene = sceneOf(graph, { gradients, arrange })
  const known = knownAfter(graph, step)
  const nodes = new Map(scene.nodes.map((drawn) => [drawn.node.id, drawn]))
  const paired = gradients && graph.edges.some(({ gradient }) => gradient !== undefined)
  const key = legend ? legendOf(graph, scene.height, paired) : { width: 0, height: 0, svg: '' }
  const [width, height] = [Math.max(scene.width, key.width), scene.height + key.height]
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" role="img" class="gosa-graph-${theme}" width="${px(width)}" height="${px(height)}" viewBox="0 0 ${px(width)} ${px(height)}" font-family="sans-serif" text-anchor="middle">`,
    `<title>${escapeXml(options.title ?? titleOf(graph))}</title>`,
    `<desc>${escapeXml(options.description ?? describeGraph(graph, gradients))}</desc>`,
    ...(style ? [`<style>${styleSheet(theme)}</style>`] : []),
    ...(background ? ['<rect class="g-back" width="100%" height="100%" rx="8"/>'] : []),
    ...scene.edges.map((drawn, i) => drawEdge(drawn, i, nodes, known)),
    ...scene.nodes.map((drawn) => drawNode(drawn, known)),
    ...(legend ? [key.svg] : []),
    '</svg>\n',
  ].join('\n')
}

interface Known {
  value(edge: GraphEdge): boolean
  gradient(edge: GraphEdge): boolean
  isNow(part: GraphNode | GraphEdge): boolean
}

/** What has been computed after a number of steps. */
function knownAfter(graph: Graph, step?: number): Known {
  if (step === undefined) return { value: () => true, gradient: () => true, isNow: () => false }
  const steps = stepsOf(graph)
  if (!Number.isInteger(step) || step < 0 || step > steps.length) {
    throw new RangeError(`toSvg: step ${step} does not exist: this graph has 0 to ${steps.length}`)
  }
  const done = steps.slice(0, step)
  const ids = (direction: string) =>
    new Set(done.filter((one) => one.direction === direction).map(({ node }) => node.id))
  const [ahead, back] = [ids('forward'), ids('backward')]
  const waiting = new Set(
    graph.nodes.filter(({ id, kind }) => kind === 'operation' && !ahead.has(id)).map(({ id }) => id),
  )
  const now = done[done.length - 1]
  return {
    value: ({ from }) => !waiting.has(from),
    gradient: ({ to }) => back.has(to),
    isNow: (part) =>
      now !== undefined && ('id' in part ? part.id === now.node.id : now.inputs.includes(part)),
  }
}

function drawEdge(drawn: DrawnEdge, i: number, nodes: ReadonlyMap<string, DrawnNode>, known: Known): string {
  const { edge, value, gradient } = drawn
  const parts = [forwardArrow(drawn, nodes, gradient !== undefined)]
  if (known.value(edge)) parts.push(drawText(value.text, 'g-value'), value.heat ? drawHeat(value.heat) : '')
  if (gradient && known.gradient(edge)) {
    parts.push(backwardArrow(drawn, nodes), drawText(gradient.text, 'g-gradient'))
    if (gradient.heat) parts.push(drawHeat(gradient.heat))
  }
  return `<g data-edge="${i}"${known.isNow(edge) ? ' class="g-now"' : ''}>${parts.join('')}</g>`
}

function drawNode({ node, form, box, label }: DrawnNode, known: Known): string {
  const { x, y, width, height } = box
  const radius = form === 'pill' ? Math.min(height / 2, 14) : 6
  const outline =
    form === 'circle'
      ? `<circle class="g-node g-${node.kind}" cx="${px(x + width / 2)}" cy="${px(y + height / 2)}" r="${px(width / 2)}"/>`
      : `<rect class="g-node g-${node.kind}" x="${px(x)}" y="${px(y)}" width="${px(width)}" height="${px(height)}" rx="${px(radius)}"/>`
  const hint = node.label === node.id ? node.id : `${node.label} (${node.id})`
  return `<g data-node="${escapeXml(node.id)}"${known.isNow(node) ? ' class="g-now"' : ''}><title>${escapeXml(hint)}</title>${outline}${drawText(label, 'g-label')}</g>`
}

/** The baseline lies 0.35 em below the middle of usual letters. */
const drawText = ({ text, size, x, y, width, height }: Text, kind: string): string =>
  `<text class="${kind}" x="${px(x + width / 2)}" y="${px(y + height / 2 + 0.35 * size)}" font-size="${size}">${escapeXml(text)}</text>`

const LEGEND = { size: 12, height: 30, left: 14, sample: 30 }

/** What the two kinds of arrows are, and the colours of heat maps, where there are some. */
function legendOf({ nodes, edges }: Graph, top: number, paired: boolean) {
  const result = cut(nodes[nodes.length - 1].label, 24)
  const heat = edges.some(({ value }) => asNumber(value) === undefined)
  const entries: [kind: 'forward' | 'backward' | 'heat', text: string][] = [
    ['forward', 'value'],
    ...(paired ? ([['backward', `gradient, ∂${result}/∂value`]] as const) : []),
    ...(heat ? ([['heat', 'negative to positive']] as const) : []),
  ].map(([kind, text]) => [kind as 'forward' | 'backward' | 'heat', text])
  const y = top + LEGEND.height / 2 - 3
  let x = LEGEND.left
  const svg = entries.map(([kind, text]) => {
    const left = x
    x += LEGEND.sample + 8 + textWidth(text) * LEGEND.size + 20
    return (
      (kind === 'heat' ? heatSample(left, y) : arrowSample(kind, left, y)) +
      `<text class="g-legend" text-anchor="start" x="${px(left + LEGEND.sample + 8)}" y="${px(y + 4.2)}" font-size="${LEGEND.size}">${escapeXml(text)}</text>`
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
  const levels = Array.from({ length: 2 * LEVELS + 1 }, (_, i) => i - LEVELS)
  const map = { rows: 1, columns: levels.length, levels, width: LEGEND.sample, height: 8 }
  return drawHeat({ map, x: left, y: y - 4, width: map.width, height: map.height })
}
