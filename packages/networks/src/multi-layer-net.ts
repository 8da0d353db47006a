import { Affine, BatchNormalization, Dropout, type Layer, type WeightInit } from '@gosa/layers'
import { createRng, type DType, type Rng, type Tensor } from '@gosa/linalg'
import { checkOptions } from '@gosa/linalg/options'
import { type Labels, SoftmaxWithLoss } from '@gosa/losses'
import { type Activation, activationLayer, checkActivation } from './activation.ts'
import { withStateOf } from './copy-state.ts'
import { Network } from './network.ts'
import { checkClasses, checkSizes, checkWeights, layerSizes, numberedName } from './weights.ts'

/** The weights W1, b1, W2, b2, …, or their gradients, by name. */
export type MultiLayerNetTensors = Record<string, Tensor>

export interface MultiLayerNetOptions {
  inputSize: number
  /** Number of units of each hidden layer, such as `[128, 64]`; without any, the network is a linear classifier. */
  hiddenSizes: readonly number[]
  outputSize: number
  /** What follows each Affine layer but the last; `relu` by default. */
  activation?: Activation
  /** The share of units that training drops after each activation, see `Dropout`; 0 by default. */
  dropout?: number
  /** Whether a `BatchNormalization` follows each Affine layer but the last; false by default. */
  batchNormalization?: boolean
  /** The λ of weight decay, see `Network`; 0 by default. */
  weightDecay?: number
  /** Standard deviation of the random weights; by default `he` for relu, `xavier` for the others. */
  weightInitStd?: WeightInit
  /** Source of the random weights; `createRng(0)` by default. */
  rng?: Rng
  /** `float32` by default. */
  dtype?: DType
}

/**
 * A classifier of any depth: Affine – activation – Affine – … – Affine, and SoftmaxWithLoss to learn; with options, also Affine –
 * BatchNormalization – activation – Dropout – …, as the book's `MultiLayerNetExtend`. With two Affine
 * layers and ReLU it is `TwoLayerNet`, to the bit.
 *
 *     x (N, D) → Affine1 (D, H₁) → Relu1 → Affine2 (H₁, H₂) → … → Affineₙ (Hₙ₋₁, C) → logits (N, C)
 *
 * Labels t are class indices or probabilities, see `Labels` of `@gosa/losses`; one sample may be given as a vector (D).
 *
 * Source: Deep Learning from Scratch, `MultiLayerNet` of chapter 6.
 */
export class MultiLayerNet extends Network<Labels> {
  declare readonly lastLayer: SoftmaxWithLoss
  readonly activation: Activation
  readonly #extras: Pick<MultiLayerNetOptions, 'dropout' | 'batchNormalization' | 'weightDecay'>

  /**
   * Throws a `RangeError` for sizes, an activation or a standard deviation that is not one, and for one output: one class is no
   * classification.
   */
  constructor(options: MultiLayerNetOptions) {
    const {
      inputSize,
      hiddenSizes,
      outputSize,
      activation = 'relu',
      dropout = 0,
      batchNormalization = false,
      weightDecay,
      weightInitStd: init = activation === 'relu' ? 'he' : 'xavier',
      rng = createRng(0),
      dtype = 'float32',
    } = checkOptions(
      'MultiLayerNet',
      options,
      [
        'inputSize',
        'hiddenSizes',
        'outputSize',
        'activation',
        'dropout',
        'batchNormalization',
        'weightDecay',
        'weightInitStd',
        'rng',
        'dtype',
      ],
      ['inputSize', 'hiddenSizes', 'outputSize'],
    )
    checkActivation('MultiLayerNet', activation)
    checkSizes('MultiLayerNet', { inputSize, hiddenSizes, outputSize })
    checkClasses('MultiLayerNet', outputSize)
    const outputs = [...hiddenSizes, outputSize]
    const sizes = [inputSize, ...outputs]
    const name = `${activation[0].toUpperCase()}${activation.slice(1)}`
    const layers: Record<string, Layer> = {}
    const affine = outputs.map((size, i) => Affine.init(sizes[i], size, { init, rng, dtype }))
    for (const [i, layer] of affine.entries()) {
      layers[`Affine${i + 1}`] = layer
      if (i === hiddenSizes.length) break
      if (batchNormalization) layers[`BatchNorm${i + 1}`] = BatchNormalization.init(outputs[i], { dtype })
      layers[`${name}${i + 1}`] = activationLayer(activation)
      // The generator is seeded after all weights are drawn, so that these are the same with and without dropout.
      if (dropout !== 0) {
        layers[`Dropout${i + 1}`] = new Dropout({ ratio: dropout, rng: createRng(rng.integer(2 ** 32)) })
      }
    }
    super({ layers, loss: new SoftmaxWithLoss(), weightDecay, parameterName: numberedName })
    this.activation = activation
    this.#extras = { dropout, batchNormalization, weightDecay }
  }

  /** Returns a network with copies of the given weights W1, b1, W2, b2, … Throws if they do not fit one another. */
  static fromParameters(
    params: Readonly<MultiLayerNetTensors>,
    options?: { activation?: Activation },
  ): MultiLayerNet {
    const { activation } = checkOptions('MultiLayerNet', options, ['activation'])
    checkWeights('MultiLayerNet', params)
    const [inputSize, ...outputs] = layerSizes(params)
    const sizes = { inputSize, hiddenSizes: outputs.slice(0, -1), outputSize: outputs[outputs.length - 1] }
    const network = new MultiLayerNet({ ...sizes, activation, weightInitStd: 0, dtype: params.W1.dtype })
    Object.assign(network.params, params)
    return network
  }

  get inputSize(): number {
    return layerSizes(this.params)[0]
  }

  get hiddenSizes(): number[] {
    return layerSizes(this.params).slice(1, -1)
  }

  get outputSize(): number {
    return layerSizes(this.params).at(-1) as number
  }

  /** Returns a new network with copies of the weights in the given dtype. */
  override astype(dtype: DType): MultiLayerNet {
    const { inputSize, hiddenSizes, outputSize, activation } = this
    const sizes = { inputSize, hiddenSizes, outputSize }
    const network = new MultiLayerNet({ ...sizes, activation, ...this.#extras, weightInitStd: 0, dtype })
    return withStateOf(this, network)
  }
}
