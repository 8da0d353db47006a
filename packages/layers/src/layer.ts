/** What every layer has in common: the interface `Layer`, and handles on the tensors that a layer owns. */
import type { DType, Parameter, RngState, Shape, Tensor } from '@gosa/linalg'
import { checkTensor, showValue } from '@gosa/linalg/options'

export interface ForwardOptions {
  /** Whether this pass is for training. Layers that behave alike in training and prediction ignore it. */
  train?: boolean
}

export interface BackwardOptions {
  /** Whether `dx` is needed; `true` by default. The first layer of a network may skip it. */
  inputGradient?: boolean
}

/**
 * A tensor that belongs to a layer and is saved with the weights, but not trained, for example a running mean. (Not
 * the `Buffer` of Node.)
 */
export interface Buffer {
  /** Unique within its layer or network. */
  readonly name: string
  /** The layer's own tensor. */
  readonly value: Tensor
}

/** The state of a generator, or of those of several layers in order (`undefined` for one that is not random); plain data. */
export type RandomState = RngState | readonly (RandomState | undefined)[]

/**
 * A layer: `forward` computes the output and stores what the gradient needs; `backward` takes `dout = ∂L/∂y`, in the
 * shape of the output, and returns `dx = ∂L/∂x`, in the shape of the input. `backward` belongs to the latest `forward`;
 * it replaces the gradients of the parameters (they do not accumulate).
 */
export interface Layer {
  forward(x: Tensor, options?: ForwardOptions): Tensor
  backward(dout: Tensor, options?: { inputGradient?: true }): Tensor
  /** With `inputGradient: false` a layer may return `undefined`. */
  backward(dout: Tensor, options?: BackwardOptions): Tensor | undefined
  /** Returns the trainable weights. */
  parameters(): Parameter[]
  /** Returns the tensors that are saved, but not trained. */
  buffers?(): Buffer[]
  /**
   * The state of the generator that training draws from, if the layer is random: saved, so that training is resumed to the
   * bit, and assigned, so that a pass can be repeated.
   */
  randomState?: RandomState | undefined
  /** The shape of one sample, without the batch axis, if the layer takes samples of one size only: `[784]`. */
  readonly inputShape?: Shape
  /**
   * Returns the shape of the output for one sample of the given shape, both without the batch axis; `undefined` if it is
   * not known. Throws a `RangeError` if the layer does not take such samples.
   */
  outputShape?(inputShape: Shape): Shape | undefined
  /** Returns a copy with the weights and buffers in another dtype. */
  astype?(dtype: DType): Layer
  /** Returns the layer as plain data, without its weights, from which `buildLayers` of `@gosa/networks` makes one like it. */
  describe?(): LayerData
}

/** A layer as plain data: its type and options. */
export interface LayerData {
  readonly type: string
  readonly [option: string]: unknown
}

/** Returns a handle on a weight. `grad` is called at each access, so that it is the gradient of the latest `backward`. */
export function parameter(name: string, value: Tensor, grad: () => Tensor): Parameter {
  checkTensor('parameter', 'value', value)
  if (typeof name !== 'string' || typeof grad !== 'function') {
    throw new TypeError(
      `parameter: a name and a function that returns the gradient are needed, not ${showValue(name)} and ${showValue(grad)}`,
    )
  }
  return new ParameterHandle(name, value, grad)
}

/** A class, since V8 takes about ten times as long to create an object literal with a getter. */
class ParameterHandle implements Parameter {
  readonly name: string
  readonly value: Tensor
  readonly #grad: () => Tensor

  constructor(name: string, value: Tensor, grad: () => Tensor) {
    this.name = name
    this.value = value
    this.#grad = grad
  }

  get grad(): Tensor {
    return this.#grad()
  }
}
