import type { Graph } from '../graph.ts'
import type { Direction } from '../layout/direction.ts'
import { sceneOf } from '../layout/scene.ts'
import { describeGraph, titleOf } from '../text/describe.ts'
import { drawEdge, drawNode } from './draw-parts.ts'
import { knownAfter } from './known.ts'
import { legendOf } from './legend.ts'
import { styleSheet, type Theme } from './palette.ts'
import { escapeXml, px } from './xml.ts'

/** How a graph is drawn. */
export interface SvgOptions {
  /** Values alone, or gradients below them as well, where there are some; `both` by default. */
  show?: 'forward' | 'both'
  /** Where the values flow: to the `right`, the default, or `down`, on narrow pages. */
  direction?: Direction
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
 * Throws a `RangeError` where there is no such step, theme, direction or `show`.
 *
 * Source: Deep Learning from Scratch, the figures of sections 5.1 to 5.6.
 */
export function toSvg(graph: Graph, options: SvgOptions = {}): string {
  const {
    show = 'both',
    direction = 'right',
    theme = 'auto',
    step,
    arrange = {},
    legend = true,
    background = true,
    style = true,
  } = options
  oneOf('show', show, ['forward', 'both'])
  oneOf('direction', direction, ['right', 'down'])
  oneOf('theme', theme, ['light', 'dark', 'auto'])
  const gradients = show === 'both'
  const scene = sceneOf(graph, { gradients, arrange, direction })
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
    ...scene.edges.map((drawn, i) => drawEdge(drawn, i, { nodes, direction }, known)),
    ...scene.nodes.map((drawn) => drawNode(drawn, known)),
    ...(legend ? [key.svg] : []),
    '</svg>\n',
  ].join('\n')
}

function oneOf(name: string, value: string, all: readonly string[]): void {
  if (!all.includes(value)) throw new RangeError(`toSvg: ${name} is ${all.join(', ')}, not ${String(value)}`)
}
