import { Affine, Relu } from '@gosa/layers'
import { createRng, type DType, type Rng, type Tensor } from '@gosa/linalg'
import { checkOptions } from '@gosa/linalg/options'
import { type Labels, SoftmaxWithLoss } from '@gosa/losses'
import { Network } from './network.ts'
import { checkClasses, checkSizes, checkWeights, numberedName, weightsAs } from './weights.ts'

/** The weights by the book's names, or their gradients. */
export type TwoLayerNetTensors = Record<'W1' | 'b1' | 'W2' | 'b2', Tensor>

export interface TwoLayerNetOptions {
  inputSize: number
  hiddenSize: number
  outputSize: number
  /** Standard deviation of the random weights; 0.01 by default. */
  weightInitStd?: number
  /** Source of the random weights; `createRng(0)` by default. */
  rng?: Rng
  /** `float32` by default. */
  dtype?: DType
}

/**
 * The chapter's network, a classifier with one hidden layer: Affine – ReLU – Affine, and SoftmaxWithLoss to learn.
 *
 *     x (N, D) → Affine1 (D, H) → Relu1 → Affine2 (H, C) → logits (N, C)
 *
 * Labels t are class indices or probabilities, see `Labels` of `@gosa/losses`; one sample may be given as a vector (D).
 *
 * Source: Deep Learning from Scratch, section 5.7.
 */
export class TwoLayerNet extends Network<Labels, keyof TwoLayerNetTensors> {
  declare readonly layers: { readonly Affine1: Affine; readonly Relu1: Relu; readonly Affine2: Affine }
  declare readonly lastLayer: SoftmaxWithLoss

  /** Throws a `RangeError` for sizes that are not integers of at least 1, or one output: one class is no classification. */
  constructor(options: TwoLayerNetOptions) {
    const {
      inputSize,
      hiddenSize,
      outputSize,
      weightInitStd: init = 0.01,
      rng = createRng(0),
      dtype = 'float32',
    } = checkOptions(
      'TwoLayerNet',
      options,
      ['inputSize', 'hiddenSize', 'outputSize', 'weightInitStd', 'rng', 'dtype'],
      ['inputSize', 'hiddenSize', 'outputSize'],
    )
    checkSizes('TwoLayerNet', { inputSize, hiddenSize, outputSize })
    checkClasses('TwoLayerNet', outputSize)
    super({
      layers: {
        Affine1: Affine.init(inputSize, hiddenSize, { init, rng, dtype }),
        Relu1: new Relu(),
        Affine2: Affine.init(hiddenSize, outputSize, { init, rng, dtype }),
      },
      loss: new SoftmaxWithLoss(),
      parameterName: numberedName,
    })
  }

  /** Returns a network with copies of the given weights. Throws if their shapes or dtypes do not fit one another. */
  static fromParameters(weights: TwoLayerNetTensors): TwoLayerNet {
    const { W1, b1, W2, b2 } = weights ?? {}
    checkWeights('TwoLayerNet', { W1, b1, W2, b2 })
    const [inputSize, hiddenSize] = W1.shape
    const sizes = { inputSize, hiddenSize, outputSize: b2.size }
    const network = new TwoLayerNet({ ...sizes, weightInitStd: 0, dtype: W1.dtype })
    Object.assign(network.params, { W1, b1, W2, b2 })
    return network
  }

  /** Returns a new network with copies of the weights in the given dtype. */
  override astype(dtype: DType): TwoLayerNet {
    return TwoLayerNet.fromParameters(weightsAs(this.params, dtype))
  }
}
