import { type Graph, graphOf } from '@gosa/graph'
import { examples } from './examples.ts'
import { networkGraph } from './network.ts'
import type { GraphState } from './state.ts'

/** Runs what a state shows; `label` says what a variable or a result is called. */
export function graphFor(state: GraphState, label: (name: string) => string): Graph {
  const example = examples.find(({ id }) => id === state.example)
  if (!example) return networkGraph(state)
  const expression = example.build(state.values, label)
  return graphOf(expression, { result: label(expression.name ?? '') })
}
