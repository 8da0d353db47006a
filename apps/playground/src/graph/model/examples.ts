import { applyLayer, constantNode, type Expression, inputNode } from '@gosa/graph'
import { AddLayer, MulLayer, Sigmoid } from '@gosa/layers'
import { type Tensor, tensor } from '@gosa/linalg'
import { expNode, reciprocalNode } from './functions.ts'

/** A variable that the reader can set. */
export interface Variable {
  readonly name: string
  readonly value: number
}

/** A small expression over the layers of the packages. */
export interface Example {
  readonly id: ExampleId
  readonly variables: readonly Variable[]
  /** The expression at the given values, in the order of the variables; `label` says what a name is called. */
  build(values: readonly number[], label: (name: string) => string): Expression
}

export const EXAMPLE_IDS = ['apples', 'fruit', 'twice', 'sigmoid', 'neuron'] as const

export type ExampleId = (typeof EXAMPLE_IDS)[number]

const variables = (values: Readonly<Record<string, number>>): Variable[] =>
  Object.entries(values).map(([name, value]) => ({ name, value }))

const named = (label: (name: string) => string) => (name: string, value: number) =>
  inputNode(name, value, { label: label(name) })

const times = (a: Expression, b: Expression, name?: string) =>
  applyLayer(new MulLayer(), [a, b], { name, label: '×' })
const plus = (a: Expression, b: Expression, name?: string) =>
  applyLayer(new AddLayer(), [a, b], { name, label: '+' })

/** Labels are given, since a bundler shortens the names of classes. */
export const examples: readonly Example[] = [
  {
    id: 'apples',
    variables: variables({ apple: 100, count: 2, tax: 1.1 }),
    build([apple, count, tax], label) {
      const on = named(label)
      return times(times(on('apple', apple), on('count', count)), on('tax', tax), 'price')
    },
  },
  {
    id: 'fruit',
    variables: variables({ apple: 100, count: 2, orange: 150, oranges: 3, tax: 1.1 }),
    build([apple, count, orange, oranges, tax], label) {
      const on = named(label)
      const both = plus(
        times(on('apple', apple), on('count', count)),
        times(on('orange', orange), on('oranges', oranges)),
      )
      return times(both, on('tax', tax), 'price')
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
