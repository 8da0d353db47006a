import {
  Affine,
  Convolution,
  type Layer,
  MaxPooling,
  outputShapes,
  Relu,
  type WeightInit,
} from '@gosa/layers'
import { createRng, type DType, type Rng, type Shape, type Tensor } from '@gosa/linalg'
import { checkOptions } from '@gosa/linalg/options'
import { type Labels, SoftmaxWithLoss } from '@gosa/losses'
import { withStateOf } from './copy-state.ts'
import { Network } from './network.ts'
import { checkClasses, checkSizes } from './weights.ts'

/** The weights by the book's names, or their gradients. */
export type SimpleConvNetTensors = Record<'W1' | 'b1' | 'W2' | 'b2' | 'W3' | 'b3', Tensor>

/** The filters of a convolution: their number, size in pixels, stride and padding. */
export interface FilterOptions {
  readonly filters: number
  readonly kernel: number
  /** 1 by default. */
  readonly stride?: number
  /** 0 by default. */
  readonly pad?: number
}

export interface SimpleConvNetOptions {
  /** The shape of an image, without the batch axis; `[1, 28, 28]` by default. */
  inputShape?: Shape
  /** 30 filters of 5 × 5 pixels by default. */
  convolution?: FilterOptions
  /** 100 by default. */
  hiddenSize?: number
  /** 10 by default. */
  outputSize?: number
  /** Standard deviation of the random weights, or the rule that gives it; 0.01 by default. */
  weightInitStd?: WeightInit
  /** The λ of weight decay, see `Network`; 0 by default. */
  weightDecay?: number
  /** Source of the random weights; `createRng(0)` by default. */
  rng?: Rng
  /** `float32` by default. */
  dtype?: DType
}

const NUMBERS: Readonly<Record<string, number>> = { Conv1: 1, Affine1: 2, Affine2: 3 }

/**
 * The book's small ConvNet, a classifier of images: Convolution – ReLU – MaxPooling – Affine – ReLU – Affine, and
 * SoftmaxWithLoss to learn. With the defaults:
 *
 *     x (N, 1, 28, 28) → Conv1 (30, 24, 24) → Relu1 → Pool1 (30, 12, 12) → Affine1 (4320, 100) → Relu2 → Affine2 (100, 10)
 *
 * Labels t are class indices or probabilities, see `Labels` of `@gosa/losses`. The size that goes into Affine1 follows from
 * the layers before it, for any filters (the book computes it by a formula that is wrong for odd sizes).
 *
 * Source: Deep Learning from Scratch, section 7.5.
 */
export class SimpleConvNet extends Network<Labels, keyof SimpleConvNetTensors> {
  declare readonly lastLayer: SoftmaxWithLoss
  readonly #options: SimpleConvNetOptions

  /** Throws a `RangeError` for sizes that are none or do not fit each other. */
  constructor(options: SimpleConvNetOptions = {}) {
    const {
      inputShape = [1, 28, 28],
      convolution = { filters: 30, kernel: 5 },
      hiddenSize = 100,
      outputSize = 10,
      weightInitStd: init = 0.01,
      weightDecay,
      rng = createRng(0),
      dtype = 'float32',
    } = checkOptions('SimpleConvNet', options, [
      'inputShape',
      'convolution',
      'hiddenSize',
      'outputSize',
      'weightInitStd',
      'weightDecay',
      'rng',
      'dtype',
    ])
    checkSizes('SimpleConvNet', { hiddenSize, outputSize })
    checkClasses('SimpleConvNet', outputSize)
    const images: Record<string, Layer> = {
      Conv1: Convolution.init({ channels: inputShape[0], ...convolution, init, rng, dtype }),
      Relu1: new Relu(),
      Pool1: new MaxPooling({ size: 2 }),
    }
    super({
      layers: {
        ...images,
        Affine1: Affine.init(flatSize(images, inputShape, 'SimpleConvNet'), hiddenSize, { init, rng, dtype }),
        Relu2: new Relu(),
        Affine2: Affine.init(hiddenSize, outputSize, { init, rng, dtype }),
      },
      loss: new SoftmaxWithLoss(),
      inputShape,
      weightDecay,
      parameterName: (parameter, layer) => `${parameter}${NUMBERS[layer]}`,
    })
    this.#options = { inputShape, convolution, hiddenSize, outputSize, weightDecay }
  }

  /** Returns a new network with copies of the weights in the given dtype. */
  override astype(dtype: DType): SimpleConvNet {
    return withStateOf(this, new SimpleConvNet({ ...this.#options, weightInitStd: 0, dtype }))
  }
}

/** Returns the number of elements that the layers make of one sample: the inputs of the Affine layer after them. */
export function flatSize(
  layers: Readonly<Record<string, Layer>>,
  inputShape: Shape,
  network: string,
): number {
  const shape = outputShapes(layers, inputShape, network).at(-1) as Shape
  return shape.reduce((product, length) => product * length, 1)
}
