/** Graphs in the languages of diagram tools: Mermaid and DOT. */
import { checkGraph, type Graph, type GraphEdge, type NodeKind } from '../graph.ts'
import { showGradient, showValue } from './format.ts'

/** The brackets around a label: boxes for layers, rounded boxes for everything else. Short operations are circles. */
const MERMAID_SHAPES: Record<NodeKind, readonly [open: string, close: string]> = {
  input: ['(["', '"])'],
  parameter: ['(["', '"])'],
  constant: ['(["', '"])'],
  operation: ['["', '"]'],
  output: ['(["', '"])'],
}

/**
 * The graph as a Mermaid flowchart, which GitHub and others draw from a code block `mermaid`. Gradients stand below the values,
 * after ∂.
 */
export function toMermaid(graph: Graph): string {
  const { nodes, edges } = checkGraph('toMermaid', graph)
  const ids = shortIds(nodes)
  return [
    'flowchart LR',
    ...nodes.map(({ id, kind, label, detail }) => {
      const isShort = kind === 'operation' && [...label].length <= 2
      const [open, close] = isShort ? ['(("', '"))'] : MERMAID_SHAPES[kind]
      const lines = [label, ...(detail ? [detail] : [])].map(escapeMermaid).join('<br>')
      return `  ${ids.get(id)}${open}${lines || ' '}${close}`
    }),
    ...edges.map((edge) => {
      const label = edgeLines(edge).map(escapeMermaid).join('<br>')
      return `  ${ids.get(edge.from)} -->|"${label}"| ${ids.get(edge.to)}`
    }),
    '',
  ].join('\n')
}

const DOT_SHAPES: Record<NodeKind, string> = {
  input: 'shape=box, style=rounded',
  parameter: 'shape=box, style=rounded',
  constant: 'shape=box, style="rounded,dashed"',
  operation: 'shape=ellipse',
  output: 'shape=box, style=rounded',
}

/** The graph in the DOT language, for Graphviz. */
export function toDot(graph: Graph): string {
  const { nodes, edges } = checkGraph('toDot', graph)
  const ids = shortIds(nodes)
  return [
    'digraph {',
    '  rankdir=LR',
    ...nodes.map(
      ({ id, kind, label, detail }) =>
        `  ${ids.get(id)} [label="${[label, ...(detail ? [detail] : [])].map(escapeDot).join('\\n')}", ${DOT_SHAPES[kind]}]`,
    ),
    ...edges.map((edge) => {
      const label = edgeLines(edge).map(escapeDot).join('\\n')
      return `  ${ids.get(edge.from)} -> ${ids.get(edge.to)} [label="${label}"]`
    }),
    '}',
    '',
  ].join('\n')
}

/** Ids that need no escaping: `n0`, `n1`, … */
const shortIds = (nodes: Graph['nodes']): ReadonlyMap<string, string> =>
  new Map(nodes.map(({ id }, i) => [id, `n${i}`]))

/** The label of an edge, in lines. */
const edgeLines = ({ value, gradient }: GraphEdge): string[] => [
  showValue(value),
  ...(gradient === undefined ? [] : [`∂ ${showGradient(gradient)}`]),
]

/** A label on one line; control characters, which no picture can show, become U+FFFD. */
const toLine = (text: string): string => text.replace(/\s+/g, ' ').replace(/[\p{Cc}\p{Cs}]/gu, '\ufffd')

/** Mermaid writes characters by their number; letters, digits and spaces need no escaping. */
const escapeMermaid = (text: string): string =>
  [...toLine(text)]
    .map((character) => (/[\p{L}\p{N} (),.]/u.test(character) ? character : `#${character.codePointAt(0)};`))
    .join('')

/** For a string in double quotes, where a backslash begins an escape sequence, and `&lt;` is a character reference. */
const escapeDot = (text: string): string =>
  toLine(text).replace(/\\/g, '\\\\').replace(/"/g, '\\"').replaceAll('&', '&amp;')
