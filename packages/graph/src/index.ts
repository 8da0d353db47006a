export {
  applyLayer,
  type ConstantNode,
  constantNode,
  type Expression,
  type InputNode,
  inputNode,
  type OperationNode,
} from './expression.ts'
export type { Graph, GraphEdge, GraphNode, NodeKind } from './graph.ts'
export { type GraphOptions, graphOf } from './graph-of.ts'
export type { FlowDirection } from './layout/geometry.ts'
export type { LayeredNetwork } from './network.ts'
export { type BackwardStep, type ForwardStep, type GraphStep, stepsOf } from './steps.ts'
export type { SvgTheme } from './svg/style.ts'
export { type SvgOptions, toSvg } from './svg/to-svg.ts'
export { toDot, toMermaid } from './text/diagrams.ts'
export { showNumber } from './text/format.ts'
export { fromJson, toJson } from './text/json.ts'
export { asNumber } from './values.ts'
