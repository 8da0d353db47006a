import type { LayoutConfig } from '@dagrejs/dagre'

type Arrange = NonNullable<LayoutConfig['customOrder']>
type Layers = Parameters<Arrange>[0]

/**
 * The order within columns: that in which the boxes were given, as the reader wrote them, unless another has fewer lines that
 * cross.
 */
export const readersOrder: Arrange = (graph, order) => {
  order(graph, { disableOptimalOrderHeuristic: true })
  const fewest = crossings(graph)
  if (fewest === 0) return
  const before = new Map(graph.nodes().map((id) => [id, graph.node(id).order]))
  order(graph)
  if (crossings(graph) < fewest) return
  for (const [id, place] of before) graph.node(id).order = place
}

/** How many pairs of lines between neighbouring columns cross. */
function crossings(graph: Layers): number {
  const lines = graph.edges().map(({ v, w }) => {
    const [from, to] = [graph.node(v), graph.node(w)]
    return { rank: from.rank, from: from.order ?? 0, to: to.order ?? 0 }
  })
  let count = 0
  for (const [i, a] of lines.entries()) {
    for (const b of lines.slice(i + 1)) {
      if (a.rank === b.rank && (a.from - b.from) * (a.to - b.to) < 0) count++
    }
  }
  return count
}
