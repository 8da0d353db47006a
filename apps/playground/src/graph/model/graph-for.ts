import { type Graph, graphOf } from '@gosa/graph'
import type { TwoLayerNetTensors } from '@gosa/networks'
import { examples } from './examples.ts'
import { networkGraph } from './network.ts'
import type { GraphState } from './state.ts'

/** Runs what a state shows; `label` says what a variable or a result is called, `learnt` are weights of the network. */
export function graphFor(
  state: GraphState,
  label: (name: string) => string,
  learnt?: TwoLayerNetTensors,
): Graph {
  const example = examples.find(({ id }) => id === state.example)
  if (!example) return networkGraph(state, learnt)
  const expression = example.build(state.values, label)
  return graphOf(expression, { result: label(expression.name ?? '') })
}
