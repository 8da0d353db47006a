/** The formulas behind each step: a node's computation in numbers, and upstream × local derivative = downstream. */
import { asNumber, type Graph, type GraphStep, showNumber } from '@gosa/graph'

/** The formula of a scalar node, and its derivative with respect to each input. */
interface Rule {
  readonly formula: string
  readonly derivatives: readonly string[]
  /** The formula with numbers for a and b. */
  with(...inputs: string[]): string
}

const rules: Readonly<Record<string, Rule>> = {
  '×': {
    formula: '(a × b)',
    derivatives: ['b', 'a'],
    with: (a, b) => `${inParentheses(a)} × ${inParentheses(b)}`,
  },
  '+': {
    formula: '(a + b)',
    derivatives: ['1', '1'],
    with: (a, b) => `${inParentheses(a)} + ${inParentheses(b)}`,
  },
  exp: { formula: 'exp(a)', derivatives: ['exp(a)'], with: (a) => `exp(${a})` },
  '1/x': { formula: '(1/a)', derivatives: ['−1/a²'], with: (a) => `1 / ${inParentheses(a)}` },
  σ: { formula: 'σ(a)', derivatives: ['σ(a)·(1 − σ(a))'], with: (a) => `σ(${a})` },
}

/** What a scalar node passes back along one edge. */
export interface Product {
  /** The label and the value of the node at the other end of the edge. */
  readonly into: string
  readonly value: number
  readonly upstream: number
  readonly local: number
  readonly downstream: number
  /** `∂(a × b)/∂a = b` */
  readonly rule: string
}

/** `100 × 2 = 200` for a scalar node; undefined for matrices. */
export function computation({ node, inputs }: GraphStep): string | undefined {
  const rule = rules[node.label]
  const numbers = [...inputs, node].map(({ value }) => asNumber(value))
  if (!rule || numbers.includes(undefined)) return undefined
  const texts = numbers.map((x) => showNumber(x as number))
  const result = texts[texts.length - 1]
  return `${rule.with(...texts.slice(0, -1))} = ${result}`
}

/** Upstream × local derivative = downstream for each input of a scalar node; empty for matrices. */
export function products(step: GraphStep, { nodes }: Graph): Product[] {
  if (step.direction === 'forward') return []
  const rule = rules[step.node.label]
  const upstream = asNumber(step.upstream)
  return step.inputs.flatMap((edge, i) => {
    const downstream = asNumber(edge.gradient)
    const value = asNumber(edge.value)
    if (upstream === undefined || downstream === undefined || value === undefined) return []
    if (edge.local === undefined) return []
    const derivative = rule ? `∂${rule.formula}/∂${'ab'[i]} = ${rule.derivatives[i]}` : ''
    const into = nodes.find(({ id }) => id === edge.from)?.label ?? edge.from
    return [{ into, value, upstream, local: edge.local, downstream, rule: derivative }]
  })
}

/** The gradients that are added at a node whose output is used several times; else empty. */
export function summands({ edges }: Graph, id: string): number[] {
  const leaving = edges.filter(({ from }) => from === id).map(({ gradient }) => asNumber(gradient))
  return leaving.length > 1 ? leaving.filter((x) => x !== undefined) : []
}

/** The formulas of a layer, forward and backward; undefined for scalar nodes. */
export function layerFormulas(label: string): { forward: string[]; backward: string[] } | undefined {
  if (label.startsWith('Affine')) {
    return { forward: ['Y = X·W + b'], backward: ['dX = dY·Wᵀ', 'dW = Xᵀ·dY', 'db = Σ dY'] }
  }
  if (label.startsWith('Relu')) {
    return { forward: ['y = max(0, x)'], backward: ['dx = dy · [x > 0]'] }
  }
  if (label === 'SoftmaxWithLoss') {
    return { forward: ['y = softmax(x)', 'L = −log yₜ'], backward: ['dx = y − t'] }
  }
  return undefined
}

/** Negative numbers in parentheses, as they stand within a formula. */
export const inParentheses = (text: string): string => (text.startsWith('−') ? `(${text})` : text)
