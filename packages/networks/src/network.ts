import { numericalGradient } from '@gosa/gradcheck/numerical'
import { type Buffer, type ForwardOptions, type Layer, outputShapes, parameter } from '@gosa/layers'
import {
  type DType,
  type Parameter,
  type Rng,
  type Shape,
  sameShape,
  showShape,
  Tensor,
  Workspace,
  zeros,
} from '@gosa/linalg'
import type { Labels, Loss } from '@gosa/losses'
import { accuracy } from './accuracy.ts'
import { buildLayers, type LayerDescription } from './build-layers.ts'
import { className, summaryTable } from './summary.ts'

/** Tensors by name: the weights of a network, or their gradients. */
export type NamedTensors<Name extends string = string> = Record<Name, Tensor>

export interface NetworkOptions<Target> {
  /**
   * The layers in order, in an array (named by position, `0`, `1`, …) or by name. Each is a layer or the description of
   * one, which is built for the shape that arrives at it.
   */
  layers: readonly (Layer | LayerDescription)[] | Readonly<Record<string, Layer | LayerDescription>>
  /** What is minimized: `new SoftmaxWithLoss()`, `new MeanSquaredErrorLoss()`, or any `Loss`. */
  loss: Loss<Target>
  /** The shape of one sample, without the batch axis. Needed if the first layers neither fix it nor do without it. */
  inputShape?: Shape
  /** Source of the random weights of described layers; `createRng(0)` by default. */
  rng?: Rng
  /** Dtype of described layers; `float32` by default. */
  dtype?: DType
  /** How a parameter of a layer is called; by default `layer.parameter`: `0.W`, `Affine1.b`. */
  parameterName?: (parameter: string, layer: string) => string
}

/** Maximum number of elements that a layer of `predict` outputs at a time: they stay in cache for the next layer. */
const MAX_ELEMENTS_PER_PART = 2 ** 17

const TRAINING: ForwardOptions = { train: true }

/**
 * A network: layers in a row, and a loss to learn by. The one engine of all networks here.
 *
 *     x (N, …) → layers → y (N, …), with targets t → loss → L
 *
 * Each weight lives in its layer; `params` is a view of them. Inputs and tensors of targets of another dtype than the
 * weights are converted. What a step computes in between is written to the same buffers each time, so that training
 * allocates nothing: `gradient` says what the next call overwrites. The weights move to memory in which kernels work, so
 * that their `data` become other arrays: hand layers over before anybody holds the `data` or a view of their tensors.
 *
 * NaN and infinite inputs are not refused: they show as NaN in the loss, or, if ReLU hides −∞, in the gradient.
 */
export class Network<Target = Labels, Name extends string = string> {
  /** By name, in the order of the forward pass. */
  readonly layers: Readonly<Record<string, Layer>>
  /** The loss, with the probabilities or differences of its latest `forward`. */
  readonly lastLayer: Loss<Target>
  /** The layers' own tensors by name. Assigning one copies its elements into the layer's. Their `data` share a `buffer`. */
  readonly params: NamedTensors<Name>
  /** The shape of one sample, without the batch axis, if known. */
  readonly inputShape: Shape | undefined
  readonly #dtype: DType | undefined
  readonly #parameterName: (parameter: string, layer: string) => string
  readonly #workspace: Workspace

  /**
   * Throws a `RangeError` if a layer does not take the shape that the layer before it gives, occurs twice, or has a
   * description that does not fit, a `TypeError` if dtypes differ or something is not a layer.
   */
  constructor(options: NetworkOptions<Target>) {
    const { loss, inputShape, parameterName = (parameter, layer) => `${layer}.${parameter}` } = options
    this.layers = buildLayers(options)
    this.lastLayer = loss
    this.#parameterName = parameterName
    this.inputShape = inputShape ?? Object.values(this.layers)[0].inputShape
    const weights = this.parameters()
    checkParameters(weights)
    this.#dtype = weights[0]?.value.dtype
    this.#workspace = new Workspace({ holds: weights.map(({ value }) => value) })
    this.params = writableView(weights) as NamedTensors<Name>
  }

  /**
   * Returns the outputs (N, …) of the last layer, for a classifier the logits, before softmax: the largest is the predicted
   * class. One sample may be given without the batch axis if the first layer takes it so, as `Affine` does.
   */
  predict(x: Tensor): Tensor {
    const input = this.#input(x)
    const [count, ...sample] = input.shape
    const rows = this.#rowsPerPart(sample)
    if (input.rank < 2 || count <= rows) return this.#run(input).clone()
    // Part by part the bits are the same, since no row depends on another.
    let outputs: Tensor | undefined
    for (let start = 0; start < count; start += rows) {
      const part = this.#run(input.rows(start, Math.min(count, start + rows)))
      outputs ??= zeros([count, ...part.shape.slice(1)], { dtype: part.dtype })
      outputs.data.set(part.data, (start * outputs.size) / count)
    }
    return outputs as Tensor
  }

  /** Returns the loss, a mean over the batch. */
  loss(x: Tensor, t: Target, options?: ForwardOptions): number {
    return this.#workspace.run(() =>
      this.lastLayer.forward(this.#forward(this.#input(x), options), this.#converted(t)),
    )
  }

  /**
   * Returns the share of samples whose largest output is at the right class; a sample with NaN in its outputs is wrong.
   * Throws a `TypeError` if the loss is not that of a classifier.
   */
  accuracy(x: Tensor, t: Target): number {
    if (!this.lastLayer.classifies) {
      throw new TypeError(
        `accuracy: ${className(this.lastLayer)} has no classes, so there is no accuracy; ` +
          'loss(x, t) judges the network, or accuracy(network.predict(x), labels)',
      )
    }
    return accuracy(this.predict(x), this.#converted(t) as Labels)
  }

  /** Returns the gradients of the loss by backpropagation, by name. The next call overwrites them. */
  gradient(x: Tensor, t: Target): NamedTensors<Name> {
    return this.lossAndGradient(x, t).gradients
  }

  /** Returns the loss and its gradients: the chain rule, walked backwards. The next call overwrites the gradients. */
  lossAndGradient(x: Tensor, t: Target): { loss: number; gradients: NamedTensors<Name> } {
    return this.#workspace.run(() => {
      const loss = this.loss(x, t, TRAINING)
      const [first, ...rest] = Object.values(this.layers)
      const dFirst = rest.reduceRight((dout, layer) => layer.backward(dout), this.lastLayer.backward())
      first.backward(dFirst, { inputGradient: false })
      return { loss, gradients: namedTensors<Name>(this.parameters(), ({ grad }) => grad) }
    })
  }

  /**
   * Returns the gradients of the loss by central differences, one weight at a time: slow, and the check of `gradient`. Use a
   * network of dtype float64 (`astype('float64')`); float32 is too coarse for differences.
   */
  numericalGradient(x: Tensor, t: Target): NamedTensors<Name> {
    const [input, target] = [this.#input(x), this.#converted(t)]
    const loss = () => this.loss(input, target, TRAINING)
    return namedTensors<Name>(this.parameters(), ({ value }) => numericalGradient(loss, value))
  }

  /** Returns the weights with their gradients, as an optimizer takes them, in the order of the layers. */
  parameters(): Parameter[] {
    return Object.entries(this.layers).flatMap(([layer, own]) =>
      own.parameters().map((p) => parameter(this.#parameterName(p.name, layer), p.value, () => p.grad)),
    )
  }

  /** Returns the tensors that are saved with the weights, but not learnt. */
  buffers(): Buffer[] {
    return Object.entries(this.layers).flatMap(([layer, own]) =>
      (own.buffers?.() ?? []).map(({ name, value }) => ({ name: this.#parameterName(name, layer), value })),
    )
  }

  /** Returns a text table: each layer with its output shape and number of parameters, and their total. */
  summary(): string {
    return summaryTable(this.layers, this.inputShape, this.lastLayer)
  }

  /** Returns a network with copies of the layers in the given dtype, and the same loss object. */
  astype(dtype: DType): Network<Target, Name> {
    const layers = Object.entries(this.layers).map(([name, layer]) => {
      if (layer.astype) return [name, layer.astype(dtype)]
      throw new TypeError(`Network: layer ${name} cannot be converted to ${dtype}: it has no astype(dtype)`)
    })
    const { lastLayer: loss, inputShape } = this
    return new Network({
      layers: Object.fromEntries(layers),
      loss,
      inputShape,
      parameterName: this.#parameterName,
    })
  }

  #run(x: Tensor): Tensor {
    return this.#workspace.run(() => this.#forward(x))
  }

  #forward(x: Tensor, options?: ForwardOptions): Tensor {
    return Object.values(this.layers).reduce((value, layer) => layer.forward(value, options), x)
  }

  #input(x: Tensor): Tensor {
    if (x instanceof Tensor) return this.#converted(x)
    throw new TypeError('Network: x must be a tensor; tensor(…) makes one of numbers')
  }

  /** A tensor in the dtype of the weights, itself if it has that; anything else as it is. */
  #converted<T>(value: T): T {
    if (!(value instanceof Tensor) || this.#dtype === undefined || value.dtype === this.#dtype) return value
    return value.astype(this.#dtype) as T & Tensor
  }

  /** Number of samples at a time in `predict`; all if a layer does not tell the size of its output. */
  #rowsPerPart(sample: Shape): number {
    try {
      const shapes = outputShapes(this.layers, sample, 'Network')
      const sizes = shapes.map((shape) => shape?.reduce((product, length) => product * length, 1))
      if (sizes.includes(undefined)) return Infinity
      return Math.ceil(MAX_ELEMENTS_PER_PART / Math.max(1, ...(sizes as number[])))
    } catch {
      // The layer that does not fit reports it with the shape of the batch.
      return Infinity
    }
  }
}

function checkParameters(parameters: readonly Parameter[]): void {
  const repeated = parameters.find(({ name }, i) => parameters.findIndex((p) => p.name === name) < i)
  if (repeated) throw new RangeError(`Network: two parameters are called ${repeated.name}; names must differ`)
  const dtypes = parameters.map(({ name, value }) => `${name} ${value.dtype}`)
  if (parameters.some(({ value }) => value.dtype !== parameters[0].value.dtype)) {
    throw new TypeError(`Network: ${dtypes.join(', ')} do not mix: convert layers with astype`)
  }
}

function namedTensors<Name extends string>(
  parameters: readonly Parameter[],
  tensorOf: (parameter: Parameter) => Tensor,
): NamedTensors<Name> {
  const tensors: Record<string, Tensor> = {}
  for (const parameter of parameters) tensors[parameter.name] = tensorOf(parameter)
  return tensors as NamedTensors<Name>
}

/**
 * An object that shows tensors by name; assigning to a name copies the elements into the tensor that is there, so that its
 * layer sees the change. Throws a `RangeError` if shape or dtype differ, a `TypeError` for another name.
 */
function writableView(parameters: readonly Parameter[]): NamedTensors {
  const view = {}
  for (const { name, value: own } of parameters) {
    Object.defineProperty(view, name, {
      enumerable: true,
      get: () => own,
      set(given: Tensor) {
        if (!sameShape(own.shape, given.shape) || own.dtype !== given.dtype) {
          throw new RangeError(
            `params.${name} is ${showShape(own.shape)} ${own.dtype}; ` +
              `a tensor of ${showShape(given.shape)} ${given.dtype} does not fit`,
          )
        }
        own.data.set(given.data)
      },
    })
  }
  return Object.preventExtensions(view)
}
