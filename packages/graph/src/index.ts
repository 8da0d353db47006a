export {
  apply,
  type Constant,
  constant,
  type Expression,
  type Input,
  input,
  type Operation,
} from './expression.ts'
export type { Graph, GraphEdge, GraphNode, NodeKind } from './graph.ts'
export { type GraphOptions, graphOf } from './graph-of.ts'
export type { LayerLike, NetworkLike, ParameterLike } from './layer-like.ts'
export type { Direction } from './layout/direction.ts'
export { type BackwardStep, type ForwardStep, type Step, stepsOf } from './steps.ts'
export type { Theme } from './svg/palette.ts'
export { type SvgOptions, toSvg } from './svg/to-svg.ts'
export { fromJson } from './text/from-json.ts'
export { showNumber } from './text/show-number.ts'
export { toDot } from './text/to-dot.ts'
export { toJson } from './text/to-json.ts'
export { toMermaid } from './text/to-mermaid.ts'
export { asNumber, type Value } from './value.ts'
