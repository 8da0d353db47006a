import type { Graph, GraphEdge, GraphNode } from '../graph.ts'
import { type HeatMap, heatMap } from '../svg/heat-map.ts'
import { showGradient, showValue } from '../text/show-number.ts'
import { asNumber, type Value } from '../value.ts'
import { type Placed, place, type Sized } from './place.ts'
import { type Route, routes } from './route.ts'
import { cut, textWidth } from './text-size.ts'

/** A rectangle, by its top left corner. */
export interface Rectangle {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** A line of text in the middle of its rectangle. */
export interface Text extends Rectangle {
  readonly text: string
  readonly size: number
}

export interface Heat extends Rectangle {
  readonly map: HeatMap
}

export interface DrawnNode {
  readonly node: GraphNode
  readonly form: 'circle' | 'box' | 'pill'
  readonly box: Rectangle
  readonly label: Text
}

export interface DrawnEdge {
  readonly edge: GraphEdge
  readonly route: Route
  readonly value: { readonly text: Text; readonly heat?: Heat }
  readonly gradient?: { readonly text: Text; readonly heat?: Heat }
}

/** Where everything stands, and nothing of how it looks. */
export interface Scene {
  readonly width: number
  readonly height: number
  readonly nodes: readonly DrawnNode[]
  readonly edges: readonly DrawnEdge[]
}

export interface SceneOptions {
  readonly gradients: boolean
  readonly arrange: Readonly<Record<string, readonly [number, number]>>
}

const VALUE_SIZE = 12.5
const LINE = 1.3
/** Between a line and the text at it. */
const GAP = 6

/** Lays out a graph: on each arrow a cell is kept free, in the middle of which the arrow runs, for what flows along it. */
export function sceneOf({ nodes, edges }: Graph, { gradients, arrange }: SceneOptions): Scene {
  const cells = edges.map((edge, i) => cellOf(edge, i, gradients, arrange))
  const forms = nodes.map((node) => formOf(node, edges))
  const placement = place(
    [...forms.map(({ sized }) => sized), ...cells.map(({ sized }) => sized)],
    edges.flatMap(({ from, to }, i) => [
      { from: nodeId(from), to: cellId(i) },
      { from: cellId(i), to: nodeId(to) },
    ]),
  )
  const at = (id: string) => placement.boxes.get(id) as Placed
  const lines = routes(
    edges.map(({ from, to }, i) => ({
      from: at(nodeId(from)),
      cell: at(cellId(i)),
      to: at(nodeId(to)),
      before: placement.stretches[2 * i],
      behind: placement.stretches[2 * i + 1],
    })),
  )
  return {
    width: placement.width,
    height: placement.height,
    nodes: forms.map(({ node, form, text, size }) => {
      const box = rectangle(at(nodeId(node.id)))
      return { node, form, box, label: textAt(text, size, at(nodeId(node.id)).x, box.y + box.height / 2) }
    }),
    edges: edges.map((edge, i) => {
      const { x, y } = at(cellId(i))
      const { value, gradient } = cells[i]
      const textY = GAP + (VALUE_SIZE * LINE) / 2
      const heatY = GAP + VALUE_SIZE * LINE + 3
      return {
        edge,
        route: lines[i],
        value: {
          text: textAt(value.text, VALUE_SIZE, x, y - textY),
          heat: value.map && heatAt(value.map, x, y - heatY - value.map.height),
        },
        gradient: gradient && {
          text: textAt(gradient.text, VALUE_SIZE, x, y + textY),
          heat: gradient.map && heatAt(gradient.map, x, y + heatY),
        },
      }
    }),
  }
}

const nodeId = (id: string) => `node ${id}`
const cellId = (i: number) => `cell ${i}`

interface Flow {
  readonly text: string
  readonly map?: HeatMap
}

/** What stands on an arrow, and how much room that takes. */
function cellOf(edge: GraphEdge, i: number, gradients: boolean, arrange: SceneOptions['arrange']) {
  const mapOf = (value: Value) =>
    typeof value === 'object' && asNumber(value) === undefined
      ? heatMap(value, Object.hasOwn(arrange, edge.from) ? arrange[edge.from] : undefined)
      : undefined
  const value: Flow = { text: showValue(edge.value), map: mapOf(edge.value) }
  const gradient: Flow | undefined =
    gradients && edge.gradient !== undefined
      ? { text: showGradient(edge.gradient), map: mapOf(edge.gradient) }
      : undefined
  const flows = [value, ...(gradient ? [gradient] : [])]
  const width = Math.max(...flows.map(({ text, map }) => Math.max(widthOf(text), map?.width ?? 0)))
  const half = Math.max(...flows.map(({ map }) => GAP + VALUE_SIZE * LINE + (map ? map.height + 3 : 0)))
  const sized: Sized = { id: cellId(i), width: width + 8, height: 2 * half }
  return { value, gradient, sized }
}

const widthOf = (text: string, size = VALUE_SIZE) => textWidth(text) * size

const PORT = 13

/** How a node is drawn, and how much room that takes: high enough for all the arrows on one side. */
function formOf(node: GraphNode, edges: readonly GraphEdge[]) {
  const text = cut(node.label, 24)
  const ports = Math.max(
    1,
    edges.filter(({ to }) => to === node.id).length,
    edges.filter(({ from }) => from === node.id).length,
  )
  const form: DrawnNode['form'] =
    node.kind !== 'operation' ? 'pill' : [...text].length <= 2 ? 'circle' : 'box'
  const size = form === 'circle' ? 20 : 13.5
  const needed = widthOf(text, size)
  const height =
    form === 'circle'
      ? Math.max(38, needed * 1.1, PORT * ports * 1.2)
      : Math.max(form === 'box' ? 38 : 28, PORT * ports + 6)
  const width = form === 'circle' ? height : Math.max(needed + 18, 34)
  return { node, form, text, size, sized: { id: nodeId(node.id), width, height } satisfies Sized }
}

const rectangle = ({ x, y, width, height }: Placed): Rectangle => ({
  x: x - width / 2,
  y: y - height / 2,
  width,
  height,
})

function textAt(text: string, size: number, x: number, y: number): Text {
  const [width, height] = [widthOf(text, size), size * LINE]
  return { text, size, x: x - width / 2, y: y - height / 2, width, height }
}

const heatAt = (map: HeatMap, x: number, y: number): Heat => ({
  map,
  x: x - map.width / 2,
  y,
  width: map.width,
  height: map.height,
})
