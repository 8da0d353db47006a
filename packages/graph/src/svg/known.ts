import type { Graph, GraphEdge, GraphNode } from '../graph.ts'
import { stepsOf } from '../steps.ts'

/** What a picture may show. */
export interface Known {
  value(edge: GraphEdge): boolean
  gradient(edge: GraphEdge): boolean
  isNow(part: GraphNode | GraphEdge): boolean
}

/** What has been computed after a number of steps; all where none is given. Throws a `RangeError` where there is no such step. */
export function knownAfter(graph: Graph, step?: number): Known {
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
