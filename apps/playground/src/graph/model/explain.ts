import { asNumber, type Graph, type GraphStep, showNumber } from '@gosa/graph'

/** The formula of a node of numbers, and its derivative after each input. */
interface Rule {
  readonly formula: string
  readonly derivatives: readonly string[]
  /** The formula with numbers in it. */
  with(...inputs: string[]): string
}

const rules: Readonly<Record<string, Rule>> = {
  '×': { formula: '(a × b)', derivatives: ['b', 'a'], with: (a, b) => `${inBrackets(a)} × ${inBrackets(b)}` },
  '+': { formula: '(a + b)', derivatives: ['1', '1'], with: (a, b) => `${inBrackets(a)} + ${inBrackets(b)}` },
  exp: { formula: 'exp(a)', derivatives: ['exp(a)'], with: (a) => `exp(${a})` },
  '1/x': { formula: '(1/a)', derivatives: ['−1/a²'], with: (a) => `1 / ${inBrackets(a)}` },
  σ: { formula: 'σ(a)', derivatives: ['σ(a)·(1 − σ(a))'], with: (a) => `σ(${a})` },
}

/** What a node of numbers sends back along one arrow. */
export interface Product {
  /** What stands at the other end of the arrow, and what it gave. */
  readonly into: string
  readonly value: number
  readonly upstream: number
  readonly local: number
  readonly downstream: number
  /** `∂(a × b)/∂a = b` */
  readonly rule: string
}

/** `100 × 2 = 200`, of a node that was computed from numbers; undefined for matrices. */
export function computation({ node, inputs }: GraphStep): string | undefined {
  const rule = rules[node.label]
  const numbers = [...inputs, node].map(({ value }) => asNumber(value))
  if (!rule || numbers.includes(undefined)) return undefined
  const shown = numbers.map((x) => showNumber(x as number))
  const result = shown[shown.length - 1]
  return `${rule.with(...shown.slice(0, -1))} = ${result}`
}

/** What a node of numbers sends back, upstream × local = downstream for each input; empty for matrices. */
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

/** The gradients that come back to a node from those that it feeds, where there are several numbers: they are added. */
export function summands({ edges }: Graph, id: string): number[] {
  const leaving = edges.filter(({ from }) => from === id).map(({ gradient }) => asNumber(gradient))
  return leaving.length > 1 ? leaving.filter((x) => x !== undefined) : []
}

/** Formulas of the layers with matrices, forwards and backwards. */
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

/** A negative number as it stands in the middle of a formula. */
export const inBrackets = (text: string): string => (text.startsWith('−') ? `(${text})` : text)
