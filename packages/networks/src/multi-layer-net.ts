import { numericalGradient } from '@gosa/gradcheck/numerical'
import { Affine, type Init, type Layer, type Parameter } from '@gosa/layers'
import { createRng, type DType, type Rng, type Tensor, Workspace } from '@gosa/linalg'
import { type Labels, SoftmaxWithLoss } from '@gosa/losses'
import { accuracyOf } from './accuracy.ts'
import { type Activation, activationLayer } from './activation.ts'
import { checkSizes } from './check-sizes.ts'
import { checkWeights } from './check-weights.ts'
import { inParts } from './in-parts.ts'
import { mapTensors } from './map-tensors.ts'
import { numberedParameters } from './numbered-parameters.ts'
import { writableView } from './writable-view.ts'

/** The weights W1, b1, W2, b2, …, or their gradients, by name. */
export type MultiLayerNetTensors = Record<string, Tensor>

export interface MultiLayerNetOptions {
  /** Inputs, units of each hidden layer, classes, such as `[784, 128, 64, 10]`; two sizes make a linear classifier. */
  sizes: readonly number[]
  /** What follows each Affine layer but the last; `relu` by default. */
  activation?: Activation
  /** The standard deviation of the random weights; by default `he` for relu, `xavier` for the others. */
  init?: Init
  /** Where the random weights come from; `createRng(0)` by default. */
  rng?: Rng
  /** `float32` by default. */
  dtype?: DType
}

/**
 * A classifier of any depth: Affine – activation – Affine – … – Affine, and SoftmaxWithLoss to learn. With two Affine layers
 * and ReLU it is `TwoLayerNet`, to the bit.
 *
 *     x (N, D) → Affine1 (D, H₁) → Relu1 → Affine2 (H₁, H₂) → … → Affineₙ (Hₙ₋₁, C) → logits (N, C)
 *
 * As there, each weight lives in its layer, `params` is a view of them, and labels t are class indices or probabilities.
 *
 * Source: Deep Learning from Scratch, `MultiLayerNet` of chapter 6.
 */
export class MultiLayerNet {
  /** Affine1, Relu1 (or Sigmoid1, Tanh1), Affine2, …, in the order in which `predict` walks them. */
  readonly layers: Readonly<Record<string, Layer>>
  readonly lastLayer = new SoftmaxWithLoss()
  readonly activation: Activation
  /** The layers' own tensors by name. Assigning one copies its elements into the layer's. */
  readonly params: MultiLayerNetTensors
  /** What loss and gradient compute in between is written to the same buffers each time. */
  readonly #workspace: Workspace

  /** Throws a `RangeError` for sizes, an activation or a standard deviation that are none. */
  constructor({
    sizes,
    activation = 'relu',
    init = activation === 'relu' ? 'he' : 'xavier',
    rng = createRng(0),
    dtype = 'float32',
  }: MultiLayerNetOptions) {
    checkSizes(sizes)
    const named = `${activation[0]?.toUpperCase()}${activation.slice(1)}`
    const layers: [string, Layer][] = []
    for (let i = 1; i < sizes.length; i++) {
      if (i > 1) layers.push([`${named}${i - 1}`, activationLayer(activation)])
      layers.push([`Affine${i}`, Affine.init(sizes[i - 1], sizes[i], { init, rng, dtype })])
    }
    this.activation = activation
    this.layers = Object.fromEntries(layers)
    const weights = Object.fromEntries(this.parameters().map(({ name, value }) => [name, value]))
    this.#workspace = new Workspace({ holds: Object.values(weights) })
    this.params = writableView(weights)
  }

  /** A network with the given weights W1, b1, W2, b2, …, copied. Throws where they do not fit one another. */
  static fromParameters(
    params: Readonly<MultiLayerNetTensors>,
    { activation }: { activation?: Activation } = {},
  ): MultiLayerNet {
    checkWeights('MultiLayerNet', params)
    const { W1 } = params
    const sizes = [W1.shape[0]]
    for (let i = 1; `b${i}` in params; i++) sizes.push(params[`b${i}`].size)
    const network = new MultiLayerNet({ sizes, activation, init: 0, dtype: W1.dtype })
    Object.assign(network.params, params)
    return network
  }

  /** Inputs, units of each hidden layer, classes. */
  get sizes(): number[] {
    const affine = this.#affine()
    return [affine[0].W.shape[0], ...affine.map(({ b }) => b.size)]
  }

  /** The logits, before softmax: (N, C), or (C) for one sample. The largest is the predicted class. */
  predict(x: Tensor): Tensor {
    return inParts(x, this.sizes, (part) => this.#workspace.run(() => this.#logits(part)))
  }

  #logits(x: Tensor): Tensor {
    return Object.values(this.layers).reduce((value, layer) => layer.forward(value), x)
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
  gradient(x: Tensor, t: Labels): MultiLayerNetTensors {
    return this.#workspace.run(() => {
      this.loss(x, t)
      const [first, ...rest] = Object.values(this.layers)
      const dFirst = rest.reduceRight((dout, layer) => layer.backward(dout), this.lastLayer.backward())
      first.backward(dFirst, { inputGradient: false })
      return Object.fromEntries(this.parameters().map(({ name, grad }) => [name, grad]))
    })
  }

  /**
   * The same by central differences, one weight at a time: slow, and the judge of `gradient`. Use a network of
   * dtype float64 (`astype('float64')`), float32 is too coarse for differences.
   */
  numericalGradient(x: Tensor, t: Labels): MultiLayerNetTensors {
    const loss = () => this.loss(x, t)
    return mapTensors(this.params, (value) => numericalGradient(loss, value))
  }

  /** The weights with their gradients, as an optimizer takes them: W1, b1, W2, b2, … */
  parameters(): Parameter[] {
    return numberedParameters(this.#affine())
  }

  /** A new network with copies of the weights in the given dtype. */
  astype(dtype: DType): MultiLayerNet {
    const { activation } = this
    return MultiLayerNet.fromParameters(
      mapTensors(this.params, (value) => value.astype(dtype)),
      { activation },
    )
  }

  /** Asked for anew each time, so that a layer that was exchanged is found. */
  #affine(): Affine[] {
    return Object.values(this.layers).filter((layer) => layer instanceof Affine)
  }
}
