/** A graph in sentences, for screen readers. */
import type { Graph, GraphEdge, GraphNode } from '../graph.ts'
import { stepsOf } from '../steps.ts'
import { showGradient, showNumber, showValue } from './format.ts'

/** `Computational graph of price`. */
export const titleOf = ({ nodes }: Graph): string => `Computational graph of ${nodes[nodes.length - 1].label}`

/** A sentence for each step; those of the backward pass only with `gradients`. */
export function describeGraph(graph: Graph, gradients: boolean): string {
  const byId = new Map(graph.nodes.map((node) => [node.id, node]))
  const nameOf = ({ kind, label, id }: GraphNode) =>
    kind === 'output' ? 'the result' : kind === 'operation' && label !== id ? `${label} (${id})` : id
  const withDetail = (node: GraphNode) => nameOf(node) + (node.detail ? ` (${node.detail})` : '')
  const source = (edge: GraphEdge) => nameOf(byId.get(edge.from) as GraphNode)
  const sentences = stepsOf(graph).flatMap((step) => {
    if (step.direction === 'forward') {
      const inputs = step.inputs.map((edge) => `${source(edge)} ${showValue(edge.value)}`)
      return [`${withDetail(step.node)} of ${inputs.join(' and ')} gives ${showValue(step.value)}.`]
    }
    if (!gradients) return []
    const returned = step.inputs
      .filter(({ gradient }) => gradient !== undefined)
      .map((edge) => {
        const product =
          edge.local === undefined ? '' : ` (${showGradient(step.upstream)} × ${showNumber(edge.local)})`
        return `${source(edge)} ${showGradient(edge.gradient ?? 0)}${product}`
      })
    return [`Back from ${nameOf(step.node)}: ${returned.join(' and ')}.`]
  })
  return sentences.join(' ')
}
