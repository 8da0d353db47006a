/** ONNX's operators for each type of layer: the table behind `encodeOnnx`. */
import type { Shape } from '@gosa/linalg'

/** A layer as plain data, as `describe()` of a layer returns it: its type, and options. */
export interface LayerData {
  readonly type: string
}

/** An attribute of a node: an integer, integers, or a number with a fraction. */
export type Attribute =
  | { readonly int: number }
  | { readonly ints: readonly number[] }
  | { readonly float: number }

/** A node; its first input is the output of the one before. */
export interface Operator {
  readonly type: string
  /** The layer's own tensors that follow the first input: `W`, `b`. */
  readonly tensors?: readonly string[]
  /** Numbers that follow them. */
  readonly constants?: readonly number[]
  /** Whether the input of the layer follows as well. */
  readonly takesInput?: boolean
  readonly attributes?: Readonly<Record<string, Attribute>>
  /** The first version of the operator set that has it, if that is not an old one. */
  readonly opset?: number
}

/** The nodes of a layer, and the shape of its output for one sample. */
export interface Operators {
  readonly nodes: readonly Operator[]
  readonly shape: Shape
}

interface Given {
  readonly inputShape: Shape
  /** The rank of a tensor of the layer. */
  rankOf(tensor: string): number
}

type ToOperators = (options: Readonly<Record<string, unknown>>, given: Given) => Operators

const FLATTEN: Operator = { type: 'Flatten', attributes: { axis: { int: 1 } } }

/** The number of ONNX's type int64. */
const INT64 = 7

const elementwise =
  (
    type: string,
    attributes: (options: Readonly<Record<string, unknown>>) => Operator['attributes'] = () => ({}),
  ): ToOperators =>
  (options, { inputShape }) => ({ nodes: [{ type, attributes: attributes(options) }], shape: inputShape })

const pooling =
  (type: string, attributes: Operator['attributes'] = {}): ToOperators =>
  ({ size, stride = size, pad = 0 }, { inputShape: [C, ...image] }) => ({
    nodes: [{ type, attributes: { ...windowAttributes(size, stride, pad), ...attributes } }],
    shape: [C, ...positions(image, { size, stride, pad })],
  })

export const OPERATORS: Readonly<Record<string, ToOperators>> = {
  affine: ({ units }, { inputShape }) => ({
    nodes: [...(inputShape.length > 1 ? [FLATTEN] : []), { type: 'Gemm', tensors: ['W', 'b'] }],
    shape: [units as number],
  }),
  convolution: ({ filters, kernel, stride = 1, pad = 0 }, { inputShape: [, ...image] }) => ({
    nodes: [{ type: 'Conv', tensors: ['W', 'b'], attributes: windowAttributes(kernel, stride, pad) }],
    shape: [filters as number, ...positions(image, { size: kernel, stride, pad })],
  }),
  maxPooling: pooling('MaxPool'),
  averagePooling: pooling('AveragePool', { count_include_pad: { int: 0 } }),
  globalAveragePooling: (_, { inputShape: [C] }) => ({
    nodes: [{ type: 'GlobalAveragePool' }, FLATTEN],
    shape: [C],
  }),
  flatten: (_, { inputShape }) => ({ nodes: [FLATTEN], shape: [elementsOf(inputShape)] }),
  /** Random in training alone. */
  dropout: (_, { inputShape }) => ({ nodes: [], shape: inputShape }),
  batchNormalization: ({ epsilon = 1e-5 }, { inputShape }) => ({
    nodes: [
      {
        type: 'BatchNormalization',
        tensors: ['gamma', 'beta', 'runningMean', 'runningVariance'],
        attributes: { epsilon: { float: epsilon as number } },
      },
    ],
    shape: inputShape,
  }),
  layerNormalization: ({ epsilon = 1e-5 }, { inputShape, rankOf }) => ({
    nodes: [
      {
        type: 'LayerNormalization',
        tensors: ['gamma', 'beta'],
        attributes: {
          axis: { int: inputShape.length + 1 - rankOf('gamma') },
          epsilon: { float: epsilon as number },
        },
        opset: 17,
      },
    ],
    shape: inputShape,
  }),
  embedding: ({ size }, { inputShape }) => ({
    nodes: [
      { type: 'Cast', attributes: { to: { int: INT64 } } },
      { type: 'Gather', tensors: ['W'] },
    ],
    shape: [...inputShape, size as number],
  }),
  relu: elementwise('Relu'),
  sigmoid: elementwise('Sigmoid'),
  tanh: elementwise('Tanh'),
  softplus: elementwise('Softplus'),
  leakyRelu: elementwise('LeakyRelu', ({ slope = 0.01 }) => ({ alpha: { float: slope as number } })),
  elu: elementwise('Elu', ({ alpha = 1 }) => ({ alpha: { float: alpha as number } })),
  /** `½·(erf(x/√2) + 1)·x`: an operator of its own came late. */
  gelu: (_, { inputShape }) => ({
    nodes: [
      { type: 'Mul', constants: [Math.SQRT1_2] },
      { type: 'Erf' },
      { type: 'Add', constants: [1] },
      { type: 'Mul', constants: [0.5] },
      { type: 'Mul', takesInput: true },
    ],
    shape: inputShape,
  }),
}

/** A number for both directions, or [vertical, horizontal]. */
const pair = (given: unknown): readonly number[] =>
  Array.isArray(given) ? given : [given as number, given as number]

const windowAttributes = (
  size: unknown,
  stride: unknown,
  pad: unknown,
): Readonly<Record<string, Attribute>> => ({
  kernel_shape: { ints: pair(size) },
  strides: { ints: pair(stride) },
  pads: { ints: [...pair(pad), ...pair(pad)] },
})

/** The number of positions of a window in each direction: ⌊(length + 2·pad − size)/stride⌋ + 1. */
const positions = (
  image: Shape,
  { size, stride, pad }: { size: unknown; stride: unknown; pad: unknown },
): number[] =>
  image.map((length, i) => Math.floor((length + 2 * pair(pad)[i] - pair(size)[i]) / pair(stride)[i]) + 1)

const elementsOf = (shape: Shape): number => shape.reduce((product, length) => product * length, 1)
