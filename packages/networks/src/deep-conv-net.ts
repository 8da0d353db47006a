import { Affine, Convolution, Dropout, type Layer, MaxPooling, Relu } from '@gosa/layers'
import { createRng, type DType, type Rng, type Shape, type Tensor } from '@gosa/linalg'
import { checkOptions } from '@gosa/linalg/options'
import { type Labels, SoftmaxWithLoss } from '@gosa/losses'
import { withStateOf } from './copy-state.ts'
import { Network } from './network.ts'
import { type FilterOptions, flatSize } from './simple-conv-net.ts'
import { checkClasses, checkSizes } from './weights.ts'

/** The weights by the book's names, or their gradients: W1, b1, …, W8, b8 with the defaults. */
export type DeepConvNetTensors = Record<string, Tensor>

export interface DeepConvNetOptions {
  /** The shape of an image, without the batch axis; `[1, 28, 28]` by default. */
  inputShape?: Shape
  /** The convolutions; a pooling follows every second one. The book's six by default. */
  convolutions?: readonly FilterOptions[]
  /** 50 by default. */
  hiddenSize?: number
  /** 10 by default. */
  outputSize?: number
  /** The share of units that training drops; ½ by default. */
  dropout?: number
  /** The λ of weight decay, see `Network`; 0 by default. */
  weightDecay?: number
  /** Source of the random weights, and of the seed of the dropout masks; `createRng(0)` by default. */
  rng?: Rng
  /** `float32` by default. */
  dtype?: DType
}

const CONVOLUTIONS: readonly FilterOptions[] = [
  { filters: 16, kernel: 3, pad: 1 },
  { filters: 16, kernel: 3, pad: 1 },
  { filters: 32, kernel: 3, pad: 1 },
  { filters: 32, kernel: 3, pad: 2 },
  { filters: 64, kernel: 3, pad: 1 },
  { filters: 64, kernel: 3, pad: 1 },
]

/**
 * The book's deep ConvNet, a classifier of images: pairs of convolutions with ReLU, each followed by a pooling; then two Affine
 * layers, each followed by Dropout, that after the last one on the logits, as in the book. With the defaults:
 *
 *     x (N, 1, 28, 28) → Conv1, Conv2 (16, 28, 28) → Pool1 (16, 14, 14)
 *       → Conv3 (32, 14, 14), Conv4 (32, 16, 16) → Pool2 (32, 8, 8)
 *       → Conv5, Conv6 (64, 8, 8) → Pool3 (64, 4, 4) → Affine1 (1024, 50) → Dropout1 → Affine2 (50, 10) → Dropout2
 *
 * Initial weights are He's, which the book writes out by hand. Labels t are class indices or probabilities.
 *
 * Source: Deep Learning from Scratch, section 8.1.
 */
export class DeepConvNet extends Network<Labels> {
  declare readonly lastLayer: SoftmaxWithLoss
  readonly #options: DeepConvNetOptions

  /** Throws a `RangeError` for sizes that are none or do not fit each other. */
  constructor(options: DeepConvNetOptions = {}) {
    const {
      inputShape = [1, 28, 28],
      convolutions = CONVOLUTIONS,
      hiddenSize = 50,
      outputSize = 10,
      dropout = 0.5,
      weightDecay,
      rng = createRng(0),
      dtype = 'float32',
    } = checkOptions('DeepConvNet', options, [
      'inputShape',
      'convolutions',
      'hiddenSize',
      'outputSize',
      'dropout',
      'weightDecay',
      'rng',
      'dtype',
    ])
    checkSizes('DeepConvNet', { hiddenSize, outputSize })
    checkClasses('DeepConvNet', outputSize)
    const count = convolutions.length
    const layers: Record<string, Layer> = {}
    let channels = inputShape[0]
    for (const [i, filters] of convolutions.entries()) {
      layers[`Conv${i + 1}`] = Convolution.init({ channels, ...filters, rng, dtype })
      layers[`Relu${i + 1}`] = new Relu()
      if (i % 2 === 1) layers[`Pool${(i + 1) / 2}`] = new MaxPooling({ size: 2 })
      channels = filters.filters
    }
    const inputs = flatSize(layers, inputShape, 'DeepConvNet')
    const [first, second] = [
      Affine.init(inputs, hiddenSize, { rng, dtype }),
      Affine.init(hiddenSize, outputSize, { rng, dtype }),
    ]
    const newDropout = () => new Dropout({ ratio: dropout, rng: createRng(rng.integer(2 ** 32)) })
    super({
      layers: {
        ...layers,
        Affine1: first,
        [`Relu${count + 1}`]: new Relu(),
        Dropout1: newDropout(),
        Affine2: second,
        Dropout2: newDropout(),
      },
      loss: new SoftmaxWithLoss(),
      inputShape,
      weightDecay,
      // W1 to W6 are the filters, W7 and W8 those of Affine1 and Affine2.
      parameterName: (parameter, layer) =>
        `${parameter}${Number(layer.replace(/\D+/, '')) + (layer.startsWith('Affine') ? count : 0)}`,
    })
    this.#options = { inputShape, convolutions, hiddenSize, outputSize, dropout, weightDecay }
  }

  /** Returns a new network with copies of weights and random state, in the given dtype. */
  override astype(dtype: DType): DeepConvNet {
    return withStateOf(this, new DeepConvNet({ ...this.#options, dtype }))
  }
}
