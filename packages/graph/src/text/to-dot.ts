import type { Graph, NodeKind } from '../graph.ts'
import { flowing } from './to-mermaid.ts'

const shapes: Record<NodeKind, string> = {
  input: 'shape=box, style=rounded',
  parameter: 'shape=box, style=rounded',
  constant: 'shape=box, style="rounded,dashed"',
  operation: 'shape=ellipse',
  output: 'shape=box, style=rounded',
}

/** The graph in the DOT language, for Graphviz and whatever reads it. */
export function toDot({ nodes, edges }: Graph): string {
  const ids = new Map(nodes.map(({ id }, i) => [id, `n${i}`]))
  return [
    'digraph {',
    '  rankdir=LR',
    ...nodes.map(({ id, kind, label }) => `  ${ids.get(id)} [label=${quote(label)}, ${shapes[kind]}]`),
    ...edges.map((edge) => {
      const label = flowing(edge).map(encoded).join('\\n')
      return `  ${ids.get(edge.from)} -> ${ids.get(edge.to)} [label="${label}"]`
    }),
    '}',
    '',
  ].join('\n')
}

const quote = (text: string): string => `"${encoded(text)}"`

/** Within quotes a backslash begins an encoded, and a line ends as `\n`. */
const encoded = (text: string): string =>
  text.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\s+/g, ' ').replaceAll('\0', '')
