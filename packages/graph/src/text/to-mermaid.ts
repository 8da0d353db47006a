import type { Graph, GraphEdge, NodeKind } from '../graph.ts'
import { showGradient, showValue } from './show-number.ts'

/** What surrounds a label: circles for short operations, boxes for layers, rounded ones for what is given or results. */
const shapes: Record<NodeKind, readonly [string, string]> = {
  input: ['(["', '"])'],
  parameter: ['(["', '"])'],
  constant: ['(["', '"])'],
  operation: ['["', '"]'],
  output: ['(["', '"])'],
}

/**
 * The graph in Mermaid's language, which GitHub and others draw from a code block `mermaid`; gradients stand below the values
 * with ∂ before them.
 */
export function toMermaid({ nodes, edges }: Graph): string {
  const ids = new Map(nodes.map(({ id }, i) => [id, `n${i}`]))
  return [
    'flowchart LR',
    ...nodes.map(({ id, kind, label }) => {
      const short = kind === 'operation' && [...label].length <= 2
      const [open, close] = short ? ['(("', '"))'] : shapes[kind]
      return `  ${ids.get(id)}${open}${encoded(label) || ' '}${close}`
    }),
    ...edges.map(
      (edge) =>
        `  ${ids.get(edge.from)} -->|"${flowing(edge).map(encoded).join('<br>')}"| ${ids.get(edge.to)}`,
    ),
    '',
  ].join('\n')
}

/** What stands at an arrow, a line each. */
export const flowing = ({ value, gradient }: GraphEdge): string[] => [
  showValue(value),
  ...(gradient === undefined ? [] : [`∂ ${showGradient(gradient)}`]),
]

/** Mermaid's own way of writing characters by their number; letters, digits and spaces need none. */
const encoded = (text: string): string =>
  [...text.replace(/\s+/g, ' ')]
    .map((character) => (/[\p{L}\p{N} (),.]/u.test(character) ? character : `#${character.codePointAt(0)};`))
    .join('')
