/** The types of layers that a description may name, with their options. */
import {
  Affine,
  AveragePooling,
  BatchNormalization,
  type BatchNormalizationOptions,
  Convolution,
  Dropout,
  Elu,
  Embedding,
  Flatten,
  Gelu,
  GlobalAveragePooling,
  type Layer,
  LayerNormalization,
  type LayerNormalizationOptions,
  LeakyRelu,
  MaxPooling,
  type Pair,
  type PoolingOptions,
  Relu,
  Sigmoid,
  Softplus,
  Tanh,
  type WeightInit,
} from '@gosa/layers'
import { createRng, type DType, type Rng, type Shape } from '@gosa/linalg'

/** One layer as data: `{ type: 'affine', units: 50 }`, `{ type: 'relu' }`. */
export type LayerDescription =
  | {
      type: 'affine'
      /** Number of outputs per sample. */
      units: number
      /** Standard deviation of the random weights; `he` by default. */
      init?: WeightInit
    }
  | {
      type: 'convolution'
      filters: number
      kernel: Pair
      stride?: Pair
      pad?: Pair
      /** Standard deviation of the random weights; `he` by default. */
      init?: WeightInit
    }
  | ({ type: 'maxPooling' } & PoolingOptions)
  | ({ type: 'averagePooling' } & PoolingOptions)
  | {
      type: 'dropout'
      /** The share of elements that training drops; ½ by default. */
      ratio?: number
    }
  | ({ type: 'batchNormalization' } & BatchNormalizationOptions)
  | ({ type: 'layerNormalization' } & LayerNormalizationOptions)
  | { type: 'leakyRelu'; slope?: number }
  | { type: 'elu'; alpha?: number }
  | {
      type: 'embedding'
      /** Number of different indices. */
      count: number
      /** Number of numbers per index. */
      size: number
      /** Standard deviation of the random rows; 0.01 by default. */
      std?: number
    }
  | { type: 'relu' | 'sigmoid' | 'tanh' | 'gelu' | 'softplus' | 'flatten' | 'globalAveragePooling' }

type Type = LayerDescription['type']

/** How a layer of one type is made. */
interface LayerType<T extends Type> {
  /** The options of a description of this type, beside `type`. */
  readonly keys: readonly string[]
  /** Whether the layer depends on the shape of the samples that it gets. */
  readonly needsShape?: boolean
  /** The shapes of the tensors of such a layer, by name, if it has any. */
  shapes?(
    options: Omit<Extract<LayerDescription, { type: T }>, 'type'>,
    inputShape: Shape,
  ): Readonly<Record<string, Shape>>
  /** Makes the layer. The shape is `[]` if it is not known. */
  make(options: Omit<Extract<LayerDescription, { type: T }>, 'type'>, given: Given): Layer
}

/** What a layer is made for. */
export interface Given {
  readonly inputShape: Shape
  readonly rng: Rng
  readonly dtype: DType
}

const POOLING_KEYS = ['size', 'stride', 'pad']

const sizeOf = (shape: Shape): number => shape.reduce((product, length) => product * length, 1)

export const LAYER_TYPES: { readonly [T in Type]: LayerType<T> } = {
  affine: {
    keys: ['units', 'init'],
    needsShape: true,
    shapes: ({ units }, inputShape) => ({ W: [sizeOf(inputShape), units], b: [units] }),
    make: ({ units, init }, { inputShape, rng, dtype }) =>
      Affine.init(sizeOf(inputShape), units, { init, rng, dtype }),
  },
  convolution: {
    keys: ['filters', 'kernel', 'stride', 'pad', 'init'],
    needsShape: true,
    shapes: ({ filters, kernel }, [channels]) => ({
      W: [filters, channels, ...(typeof kernel === 'number' ? [kernel, kernel] : kernel)],
      b: [filters],
    }),
    make: (options, { inputShape, rng, dtype }) =>
      Convolution.init({ ...options, channels: inputShape[0], rng, dtype }),
  },
  maxPooling: { keys: POOLING_KEYS, make: (options) => new MaxPooling(options) },
  averagePooling: { keys: POOLING_KEYS, make: (options) => new AveragePooling(options) },
  globalAveragePooling: { keys: [], make: () => new GlobalAveragePooling() },
  flatten: { keys: [], make: () => new Flatten() },
  // A generator of its own, so that its state can be saved and restored.
  dropout: {
    keys: ['ratio'],
    make: ({ ratio }, { rng }) => new Dropout({ ratio, rng: createRng(rng.integer(2 ** 32)) }),
  },
  batchNormalization: {
    keys: ['momentum', 'epsilon'],
    needsShape: true,
    shapes: (_, [size]) => ({
      ...{ gamma: [size], beta: [size] },
      ...{ runningMean: [size], runningVariance: [size] },
    }),
    make: (options, { inputShape, dtype }) => BatchNormalization.init(inputShape[0], { ...options, dtype }),
  },
  layerNormalization: {
    keys: ['epsilon'],
    needsShape: true,
    shapes: (_, inputShape) => ({ gamma: inputShape, beta: inputShape }),
    make: (options, { inputShape, dtype }) => LayerNormalization.init(inputShape, { ...options, dtype }),
  },
  embedding: {
    keys: ['count', 'size', 'std'],
    shapes: ({ count, size }) => ({ W: [count, size] }),
    make: ({ count, size, std }, { rng, dtype }) => Embedding.init(count, size, { std, rng, dtype }),
  },
  relu: { keys: [], make: () => new Relu() },
  sigmoid: { keys: [], make: () => new Sigmoid() },
  tanh: { keys: [], make: () => new Tanh() },
  leakyRelu: { keys: ['slope'], make: (options) => new LeakyRelu(options) },
  elu: { keys: ['alpha'], make: (options) => new Elu(options) },
  gelu: { keys: [], make: () => new Gelu() },
  softplus: { keys: [], make: () => new Softplus() },
}
