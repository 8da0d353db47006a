/** `toSvg`: the picture of a graph. */
import { escapeMarkup } from '@gosa/charts/html'
import { checkOptions, showValue } from '@gosa/linalg/options'
import { checkGraph, type Graph } from '../graph.ts'
import type { FlowDirection } from '../layout/geometry.ts'
import { sceneOf } from '../layout/scene.ts'
import { stepsOf } from '../steps.ts'
import { describeGraph, titleOf } from '../text/describe.ts'
import { px } from './arrows.ts'
import { drawEdge, drawLegend, drawNode, type Visibility } from './draw.ts'
import { type SvgTheme, styleSheet } from './style.ts'

/** How a graph is drawn. */
export interface SvgOptions {
  /** Values alone, or gradients below them as well if there are any; `both` by default. */
  show?: 'forward' | 'both'
  /** Where the values flow: to the `right`, the default, or `down`, for narrow pages. */
  direction?: FlowDirection
  /** `auto`, the default, follows the preference of the reader. */
  theme?: SvgTheme
  /** The state after n of its steps (`stepsOf`), with the latest node highlighted. By default everything is shown. */
  step?: number
  /** Rows and columns of the heat maps of a node's value: `{ x: [28, 28] }` shows a vector of 784 as an image. */
  arrange?: Readonly<Record<string, readonly [rows: number, columns: number]>>
  /** For screen readers; by default made from the graph, in English. */
  title?: string
  description?: string
  /** Whether a line explains the two kinds of arrows; true by default. */
  legend?: boolean
  /** Whether the background is coloured; true by default. */
  background?: boolean
  /** Whether the style sheet is included; true by default. Without it the page styles the classes, `g-value` and so on. */
  style?: boolean
}

/**
 * The graph as the book draws it, as a self-contained SVG document: operations as circles, values above the edges, gradients
 * below them in another colour, matrices as heat maps (purple below zero, green above).
 *
 * No text overlaps another. The groups of nodes and edges have the attributes `data-node`, the id, and `data-edge`, the index.
 * Throws a `RangeError` for a step, theme, direction or `show` that does not exist.
 *
 * Source: Deep Learning from Scratch, the figures of sections 5.1 to 5.6.
 */
export function toSvg(graph: Graph, options?: SvgOptions): string {
  const {
    show = 'both',
    direction = 'right',
    theme = 'auto',
    step,
    title,
    description,
    arrange = {},
    legend = true,
    background = true,
    style = true,
  } = checkOptions('toSvg', options, SVG_OPTIONS)
  checkGraph('toSvg', graph)
  checkOption('show', show, ['forward', 'both'])
  checkOption('direction', direction, ['right', 'down'])
  checkOption('theme', theme, ['light', 'dark', 'auto'])
  const gradients = show === 'both'
  const scene = sceneOf(graph, { gradients, arrange, direction })
  const visible = visibilityAfter(graph, step)
  const nodes = new Map(scene.nodes.map((drawn) => [drawn.node.id, drawn]))
  const paired = gradients && graph.edges.some(({ gradient }) => gradient !== undefined)
  const key = legend ? drawLegend(graph, scene.height, paired) : { width: 0, height: 0, svg: '' }
  const [width, height] = [Math.max(scene.width, key.width), scene.height + key.height]
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" role="img" class="gosa-graph-${theme}" width="${px(width)}" height="${px(height)}" viewBox="0 0 ${px(width)} ${px(height)}" font-family="sans-serif" text-anchor="middle">`,
    `<title>${escapeMarkup(title ?? titleOf(graph))}</title>`,
    `<desc>${escapeMarkup(description ?? describeGraph(graph, gradients))}</desc>`,
    ...(style ? [`<style>${styleSheet(theme)}</style>`] : []),
    ...(background ? ['<rect class="g-back" width="100%" height="100%" rx="8"/>'] : []),
    ...scene.edges.map((drawn, i) => drawEdge(drawn, i, { nodes, direction }, visible)),
    ...scene.nodes.map((drawn) => drawNode(drawn, visible)),
    ...(legend ? [key.svg] : []),
    '</svg>\n',
  ].join('\n')
}

const SVG_OPTIONS = [
  ...(['show', 'direction', 'theme', 'step', 'arrange', 'title', 'description'] as const),
  ...(['legend', 'background', 'style'] as const),
]

function checkOption(name: string, value: string, allowed: readonly string[]): void {
  if (allowed.includes(value)) return
  throw new RangeError(`toSvg: ${name} must be one of ${allowed.join(', ')}, not ${showValue(value)}`)
}

/** What is visible after `step` steps, everything if undefined. Throws a `RangeError` if there are fewer steps. */
function visibilityAfter(graph: Graph, step?: number): Visibility {
  if (step === undefined) return { hasValue: () => true, hasGradient: () => true, isCurrent: () => false }
  const steps = stepsOf(graph)
  if (!Number.isInteger(step) || step < 0 || step > steps.length) {
    throw new RangeError(
      `toSvg: step must be an integer from 0 to ${steps.length} for this graph, not ${showValue(step)}`,
    )
  }
  const done = steps.slice(0, step)
  const idsOf = (direction: string) =>
    new Set(done.filter((one) => one.direction === direction).map(({ node }) => node.id))
  const [forward, backward] = [idsOf('forward'), idsOf('backward')]
  const pending = new Set(
    graph.nodes.filter(({ id, kind }) => kind === 'operation' && !forward.has(id)).map(({ id }) => id),
  )
  const latest = done[done.length - 1]
  return {
    hasValue: ({ from }) => !pending.has(from),
    hasGradient: ({ to }) => backward.has(to),
    isCurrent: (part) =>
      latest !== undefined && ('id' in part ? part.id === latest.node.id : latest.inputs.includes(part)),
  }
}
