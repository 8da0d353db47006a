/** The expressions of the page Graph: a shopping bill, a neuron and others, built from layers. */
import { applyLayer, constantNode, type Expression, inputNode } from '@gosa/graph'
import { AddLayer, MulLayer, Sigmoid } from '@gosa/layers'
import { type NumberOrTensor, type Tensor, tensor } from '@gosa/linalg'

/** A variable that the reader can set. */
export interface Variable {
  readonly name: string
  readonly value: number
}

/** An example expression. */
export interface Example {
  readonly id: ExampleId
  readonly variables: readonly Variable[]
  /** The expression at the given values, in the order of the variables; `label` translates a name. */
  build(values: readonly number[], label: (name: string) => string): Expression
}

export const EXAMPLE_IDS = ['apples', 'fruit', 'twice', 'sigmoid', 'neuron'] as const

export type ExampleId = (typeof EXAMPLE_IDS)[number]

const variables = (values: Readonly<Record<string, number>>): Variable[] =>
  Object.entries(values).map(([name, value]) => ({ name, value }))

const labelledInput = (label: (name: string) => string) => (name: string, value: number) =>
  inputNode(name, value, { label: label(name) })

const times = (a: Expression, b: Expression, name?: string) =>
  applyLayer(new MulLayer(), [a, b], { name, label: '×' })
const plus = (a: Expression, b: Expression, name?: string) =>
  applyLayer(new AddLayer(), [a, b], { name, label: '+' })

/** The examples. Nodes have explicit labels because bundlers shorten the names of classes. */
export const examples: readonly Example[] = [
  {
    id: 'apples',
    variables: variables({ apple: 100, count: 2, tax: 1.1 }),
    build([apple, count, tax], label) {
      const given = labelledInput(label)
      return times(times(given('apple', apple), given('count', count)), given('tax', tax), 'price')
    },
  },
  {
    id: 'fruit',
    variables: variables({ apple: 100, count: 2, orange: 150, oranges: 3, tax: 1.1 }),
    build([apple, count, orange, oranges, tax], label) {
      const given = labelledInput(label)
      const both = plus(
        times(given('apple', apple), given('count', count)),
        times(given('orange', orange), given('oranges', oranges)),
      )
      return times(both, given('tax', tax), 'price')
    },
  },
  {
    id: 'twice',
    variables: variables({ x: 3, y: 2 }),
    build([x, y]) {
      const twice = inputNode('x', x)
      return times(plus(twice, inputNode('y', y)), twice, 'z')
    },
  },
  {
    id: 'sigmoid',
    variables: variables({ x: 1 }),
    build([x]) {
      const exp = applyLayer(expNode(), [times(inputNode('x', x), constantNode('−1', -1))], { label: 'exp' })
      return applyLayer(reciprocalNode(), [plus(exp, constantNode('1', 1))], { name: 'y', label: '1/x' })
    },
  },
  {
    id: 'neuron',
    variables: variables({ w: 0.5, x: 2, b: -0.5 }),
    build(values) {
      const [w, x, b] = ['w', 'x', 'b'].map((name, i) => inputNode(name, tensor([values[i]])))
      const product = applyLayer(new MulLayer<Tensor>(), [w, x], { label: '×' })
      const sum = applyLayer(new AddLayer<Tensor>(), [product, b], { label: '+' })
      return applyLayer(new Sigmoid(), [sum], { name: 'y', label: 'σ' })
    },
  },
]

/** A function of one number as a layer; `forward` keeps what the derivative needs. */
interface ScalarLayer {
  forward(x: number): number
  backward(dout: number): NumberOrTensor
}

/** The node exp of section 5.5.2: the derivative is the value itself. */
function expNode(): ScalarLayer {
  let y = 0
  return {
    forward: (x) => (y = Math.exp(x)),
    backward: (dout) => dout * y,
  }
}

/** The node 1/x of section 5.5.2: the derivative is −y². */
function reciprocalNode(): ScalarLayer {
  let y = 0
  return {
    forward: (x) => (y = 1 / x),
    backward: (dout) => -dout * y * y,
  }
}
