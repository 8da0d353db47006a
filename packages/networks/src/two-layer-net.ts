import { numericalGradient } from '@gosa/gradcheck/numerical'
import { Affine, type Parameter, Relu } from '@gosa/layers'
import { createRng, type DType, type Rng, type Tensor, Workspace } from '@gosa/linalg'
import { type Labels, SoftmaxWithLoss } from '@gosa/losses'
import { accuracyOf } from './accuracy.ts'
import { checkWeights } from './check-weights.ts'
import { inParts } from './in-parts.ts'
import { mapTensors } from './map-tensors.ts'
import { numberedParameters } from './numbered-parameters.ts'
import { writableView } from './writable-view.ts'

/** The weights by the book's names, or their gradients. */
export type TwoLayerNetTensors = Record<'W1' | 'b1' | 'W2' | 'b2', Tensor>

export interface TwoLayerNetOptions {
  inputSize: number
  hiddenSize: number
  outputSize: number
  /** The standard deviation of the random weights; 0.01 by default. */
  weightInitStd?: number
  /** Where the random weights come from; `createRng(0)` by default. */
  rng?: Rng
  /** `float32` by default. */
  dtype?: DType
}

/**
 * The chapter's network, a classifier with one hidden layer: Affine – ReLU – Affine, and SoftmaxWithLoss to learn.
 *
 *     x (N, D) → Affine1 (D, H) → Relu1 → Affine2 (H, C) → logits (N, C)
 *
 * Each weight lives in its layer and nowhere else; `params` is a view of them. Labels t are class indices or
 * probabilities, see `Labels` of `@gosa/losses`; one sample may be given as a vector (D). NaN and infinite inputs are
 * not refused: they show as NaN in the loss, or, where ReLU hides −∞, in the gradient.
 *
 * Source: Deep Learning from Scratch, section 5.7.
 */
export class TwoLayerNet {
  readonly layers: { readonly Affine1: Affine; readonly Relu1: Relu; readonly Affine2: Affine }
  readonly lastLayer = new SoftmaxWithLoss()
  /** The layers' own tensors by name. Assigning one copies its elements into the layer's. Their `data` share a `buffer`. */
  readonly params: TwoLayerNetTensors
  /** What loss and gradient compute in between is written to the same buffers each time. */
  readonly #workspace: Workspace

  constructor({
    inputSize,
    hiddenSize,
    outputSize,
    weightInitStd: init = 0.01,
    rng = createRng(0),
    dtype = 'float32',
  }: TwoLayerNetOptions) {
    const Affine1 = Affine.init(inputSize, hiddenSize, { init, rng, dtype })
    const Affine2 = Affine.init(hiddenSize, outputSize, { init, rng, dtype })
    this.layers = { Affine1, Relu1: new Relu(), Affine2 }
    const weights = { W1: Affine1.W, b1: Affine1.b, W2: Affine2.W, b2: Affine2.b }
    this.#workspace = new Workspace({ holds: Object.values(weights) })
    this.params = writableView(weights)
  }

  /** A network with the given weights, copied. Throws where their shapes or dtypes do not fit one another. */
  static fromParameters({ W1, b1, W2, b2 }: TwoLayerNetTensors): TwoLayerNet {
    checkWeights('TwoLayerNet', { W1, b1, W2, b2 })
    const [inputSize, hiddenSize] = W1.shape
    const outputSize = b2.size
    const network = new TwoLayerNet({
      inputSize,
      hiddenSize,
      outputSize,
      weightInitStd: 0,
      dtype: W1.dtype,
    })
    Object.assign(network.params, { W1, b1, W2, b2 })
    return network
  }

  /** The logits, before softmax: (N, C), or (C) for one sample. The largest is the predicted class. */
  predict(x: Tensor): Tensor {
    const { W1, W2 } = this.params
    return inParts(x, [...W1.shape, W2.shape[1]], (part) => this.#workspace.run(() => this.#logits(part)))
  }

  #logits(x: Tensor): Tensor {
    const { Affine1, Relu1, Affine2 } = this.layers
    return Affine2.forward(Relu1.forward(Affine1.forward(x)))
  }

  /** The mean cross-entropy over the batch. */
  loss(x: Tensor, t: Labels): number {
    return this.#workspace.run(() => this.lastLayer.forward(this.#logits(x), t))
  }

  /** The share of samples whose largest logit is at the right class; one whose logits hold NaN is wrong. */
  accuracy(x: Tensor, t: Labels): number {
    return accuracyOf(this.predict(x), t)
  }

  /** The gradients of the loss by backpropagation: the chain rule, walked backwards. The next call overwrites them. */
  gradient(x: Tensor, t: Labels): TwoLayerNetTensors {
    return this.#workspace.run(() => {
      this.loss(x, t)
      const { Affine1, Relu1, Affine2 } = this.layers
      const dLogits = this.lastLayer.backward()
      const dHidden = Relu1.backward(Affine2.backward(dLogits))
      Affine1.backward(dHidden, { inputGradient: false })
      return { W1: Affine1.dW, b1: Affine1.db, W2: Affine2.dW, b2: Affine2.db }
    })
  }

  /**
   * The same by central differences, one weight at a time: slow, and the judge of `gradient`. Use a network of
   * dtype float64 (`astype('float64')`), float32 is too coarse for differences.
   */
  numericalGradient(x: Tensor, t: Labels): TwoLayerNetTensors {
    const loss = () => this.loss(x, t)
    return mapTensors(this.params, (weight) => numericalGradient(loss, weight))
  }

  /** The weights with their gradients, as an optimizer takes them: W1, b1, W2, b2. */
  parameters(): Parameter[] {
    const { Affine1, Affine2 } = this.layers
    return numberedParameters([Affine1, Affine2])
  }

  /** A new network with copies of the weights in the given dtype. */
  astype(dtype: DType): TwoLayerNet {
    return TwoLayerNet.fromParameters(mapTensors(this.params, (weight) => weight.astype(dtype)))
  }
}
