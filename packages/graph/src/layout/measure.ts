/** The sizes of what is drawn: texts, nodes, and the labels of edges. No font is asked, so that sizes are upper bounds. */
import type { NumberOrTensor } from '@gosa/linalg'
import type { Graph, GraphEdge, GraphNode } from '../graph.ts'
import { showGradient, showValue } from '../text/format.ts'
import { asNumber } from '../values.ts'
import { centredAt, EDGE_PITCH, type FlowDirection, type Rectangle } from './geometry.ts'
import { type HeatMap, heatMap } from './heat-map.ts'

/** Longer labels are cut. */
const MAX_LABEL_LENGTH = 24

/** Widths in em of the widest common sans-serif fonts (DejaVu Sans, Verdana), rounded up. */
const CHARACTER_WIDTHS: readonly [RegExp, number][] = [
  [/[ijlI.,:;!'`|()[\]/\\ ft]/, 0.5],
  [/[mwMW@%OQ—…∂]/, 1.1],
  [/[-−a-z0-9]/, 0.68],
  [/[A-Z]/, 0.82],
  [/[\u0020-\u024f\u0370-\u04ff]/, 0.95],
  [/[\u2000-\u2bff]/, 1.05],
]
const UNKNOWN_CHARACTER_WIDTH = 1.3

/** An upper bound of the width of a text, in em. */
export function textWidth(text: string): number {
  let em = 0
  for (const character of text)
    em += CHARACTER_WIDTHS.find(([kind]) => kind.test(character))?.[1] ?? UNKNOWN_CHARACTER_WIDTH
  return em
}

/** A label in one line, cut after 24 characters. */
export function shortLabel(label: string): string {
  const characters = [...label.replace(/\s+/g, ' ').trim()]
  return characters.length <= MAX_LABEL_LENGTH
    ? characters.join('')
    : `${characters.slice(0, MAX_LABEL_LENGTH - 1).join('')}…`
}

/** A line of text in the middle of its rectangle. */
export interface TextBox extends Rectangle {
  readonly text: string
  /** The font size in pixels. */
  readonly size: number
}

/** The shape and size of a node, with its text. */
export interface NodeShape {
  readonly node: GraphNode
  readonly kind: 'circle' | 'box' | 'pill'
  readonly text: string
  readonly size: number
  /** A smaller second line. */
  readonly detail?: string
  readonly width: number
  readonly height: number
}

/** The font size of the second line of a node. */
export const DETAIL_SIZE = 11

/** A circle for short operations, a box for others, a pill for inputs and the result, with room for all edges. */
export function nodeShape(node: GraphNode, { edges }: Graph, direction: FlowDirection): NodeShape {
  const text = shortLabel(node.label)
  const [incoming, outgoing] = [
    edges.filter(({ to }) => to === node.id),
    edges.filter(({ from }) => from === node.id),
  ]
  const edgeRoom = EDGE_PITCH * Math.max(1, incoming.length, outgoing.length)
  const detail = node.detail && shortLabel(node.detail)
  const kind = node.kind !== 'operation' ? 'pill' : [...text].length <= 2 && !detail ? 'circle' : 'box'
  const size = kind === 'circle' ? 20 : 13.5
  const textRoom = Math.max(textWidth(text) * size, textWidth(detail ?? '') * DETAIL_SIZE)
  if (kind === 'circle') {
    const diameter = Math.max(38, textRoom * 1.1, edgeRoom * 1.2)
    return { node, kind, text, size, width: diameter, height: diameter }
  }
  const [width, height] = [Math.max(textRoom + 18, 34), kind === 'box' ? (detail ? 46 : 38) : 28]
  return direction === 'right'
    ? { node, kind, text, size, detail, width, height: Math.max(height, edgeRoom + 6) }
    : { node, kind, text, size, detail, width: Math.max(width, edgeRoom + 18), height }
}

/** The label of a value or a gradient: a text and, for matrices, a heat map. */
export interface FlowLabel {
  readonly text: TextBox
  readonly heat?: Rectangle & { readonly map: HeatMap }
}

/** The labels of an edge: the value at one side of the line, the gradient at the other. */
export interface EdgeLabels {
  readonly width: number
  readonly height: number
  /** The labels if their centre is at a point of the line. */
  at(x: number, y: number): { value: FlowLabel; gradient?: FlowLabel }
}

/** What edges show. */
export interface EdgeLabelOptions {
  readonly gradients: boolean
  /** Rows and columns of heat maps, by the id of the node where the edge starts. */
  readonly arrange: Readonly<Record<string, readonly [number, number]>>
  readonly direction: FlowDirection
}

const TEXT_SIZE = 12.5
const LINE_HEIGHT = TEXT_SIZE * 1.3
/** Between the line of an edge and a label, and between a text and its heat map. */
const LABEL_GAP = 6
const HEAT_MAP_GAP = 3

/** Labels above and below the line, or to its left and right if values flow down. */
export function edgeLabels(edge: GraphEdge, { gradients, arrange, direction }: EdgeLabelOptions): EdgeLabels {
  const arrangement = Object.hasOwn(arrange, edge.from) ? arrange[edge.from] : undefined
  const labels = [
    flowLabel(showValue(edge.value), edge.value, arrangement),
    ...(gradients && edge.gradient !== undefined
      ? [flowLabel(showGradient(edge.gradient), edge.gradient, arrangement)]
      : []),
  ]
  const width = Math.max(...labels.map((label) => label.width))
  const height = Math.max(...labels.map((label) => label.height))
  const distance = direction === 'right' ? LABEL_GAP + height / 2 : LABEL_GAP + width / 2
  return {
    width: direction === 'right' ? width + 8 : 2 * (LABEL_GAP + width),
    height: direction === 'right' ? 2 * (LABEL_GAP + height) : height + 8,
    at(x, y) {
      const [value, gradient] = labels.map((label, i) => {
        const side = i === 0 ? -1 : 1
        // The text is next to the line, the heat map beyond it.
        return direction === 'right'
          ? label.at(x, y + side * (distance - (height - label.height) / 2), side)
          : label.at(x + side * (distance - (width - label.width) / 2), y, 1)
      })
      return { value, gradient }
    },
  }
}

/** A text and, for values larger than a number, a heat map, one above the other. */
function flowLabel(text: string, value: NumberOrTensor, arrangement?: readonly [number, number]) {
  const isMatrix = typeof value === 'object' && asNumber(value) === undefined
  const map = isMatrix ? heatMap(value, arrangement) : undefined
  const textBox = { width: textWidth(text) * TEXT_SIZE, height: LINE_HEIGHT }
  const height = LINE_HEIGHT + (map ? HEAT_MAP_GAP + map.height : 0)
  return {
    width: Math.max(textBox.width, map?.width ?? 0),
    height,
    /** The label centred at a point, with the text above the heat map (`above` = 1) or below it (−1). */
    at(x: number, y: number, above: number): FlowLabel {
      const textY = y - (above * (height - LINE_HEIGHT)) / 2
      const heatY = y + (above * (height - (map?.height ?? 0))) / 2
      return {
        text: { text, size: TEXT_SIZE, ...centredAt(textBox, x, textY) },
        heat: map && { map, ...centredAt(map, x, heatY) },
      }
    },
  }
}
