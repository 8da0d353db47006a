import { numericalGradient } from '@gosa/gradcheck/numerical'
import {
  assignRandomStates,
  type Buffer,
  type ForwardOptions,
  type Layer,
  outputShapes,
  parameter,
  type RandomState,
  randomStates,
} from '@gosa/layers'
import {
  axpy,
  type DType,
  norm,
  type Parameter,
  type Shape,
  sameShape,
  showShape,
  Tensor,
  Workspace,
  zeros,
} from '@gosa/linalg'
import { checkOptions, checkTensor, showValue } from '@gosa/linalg/options'
import { type Labels, type Loss, type LossData, SoftmaxWithLoss } from '@gosa/losses'
import { accuracy, shareOfRight } from './accuracy.ts'
import type { LayerDescription } from './layer-types.ts'
import { className, summaryTable } from './summary.ts'
import { checkClasses } from './weights.ts'

/** Tensors by name: the weights of a network, or their gradients. */
export type NamedTensors<Name extends string = string> = Record<Name, Tensor>

export interface NetworkOptions<Target> {
  /** The layers in order, in an array (named by position, `0`, `1`, …) or by name. `buildLayers` makes them of descriptions. */
  layers: readonly Layer[] | Readonly<Record<string, Layer>>
  /** What is minimized: `new SoftmaxWithLoss()`, `new MeanSquaredErrorLoss()`, or any `Loss`. */
  loss: Loss<Target>
  /** The shape of one sample, without the batch axis, for the check of shapes; by default that of the first layer, if it has one. */
  inputShape?: Shape
  /**
   * The λ of weight decay: adds `½·λ·Σ W²` to the loss and `λ·W` to the gradients, for weights with two axes or more (so not for
   * biases); 0 by default.
   */
  weightDecay?: number
  /** Returns the name of a layer's parameter in the network; by default `layer.parameter`: `0.W`, `Affine1.b`. */
  parameterName?: (parameter: string, layer: string) => string
}

/** A network as plain data, without its weights. */
export interface NetworkData {
  readonly inputShape: Shape
  /** By name, in order. */
  readonly layers: Readonly<Record<string, LayerDescription>>
  readonly loss: LossData
  readonly dtype: DType
  readonly weightDecay?: number
  /** The names of tensors that are not `layer.parameter`: `{ 'Affine1.W': 'W1' }`. */
  readonly names?: Readonly<Record<string, string>>
}

/** Number of samples of a training step that fit into the memory of the kernels with all outputs and their gradients. */
const SAMPLES_IN_MEMORY = 100

/** Maximum number of elements in the output of a layer of `predict`: they stay in cache for the next layer. */
const MAX_ELEMENTS_PER_PART = 2 ** 17

const TRAINING: ForwardOptions = { train: true }

/**
 * A network: layers in a row, and a loss for training. All networks of this package are built on it.
 *
 *     x (N, …) → layers → y (N, …);  y and targets t → loss → L
 *
 * Where `inputShape` is that of images, samples may be flat as well, (N, C·H·W): layers get them as (N, C, H, W).
 *
 * Each weight lives in its layer; `params` is a view of them. Inputs, and targets that are tensors, are converted to the
 * dtype of the weights. Intermediate results are written to the same buffers in each step, so that training allocates
 * nothing. The constructor moves the weights into the memory of the kernels, which replaces the `data` of their tensors:
 * create the network before you store that `data` or a view of it.
 *
 * NaN and infinite inputs do not throw: they show as NaN in the loss, or, if ReLU hides −∞, in the gradient.
 */
export class Network<Target = Labels, Name extends string = string> {
  /** The layers by name, in the order of the forward pass. */
  readonly layers: Readonly<Record<string, Layer>>
  /** The loss; the book's name for it. */
  readonly lastLayer: Loss<Target>
  /** The layers' own tensors by name. Assigning one copies its elements into the layer's. Their `data` share a `buffer`. */
  readonly params: NamedTensors<Name>
  /** The shape of one sample, without the batch axis, if known. */
  readonly inputShape: Shape | undefined
  /** The λ of weight decay. */
  readonly weightDecay: number
  readonly #dtype: DType | undefined
  readonly #parameterName: (parameter: string, layer: string) => string
  readonly #workspace: Workspace
  /** The names of the layers, in order. */
  readonly #names: readonly string[]
  /** By position of the layer. */
  readonly #parameters: { layer: Layer; parameters: readonly Parameter[] }[] = []
  /** The latest result of `#rowsPerPart`. */
  #parts?: { sample: Shape; rows: number }

  /**
   * Throws a `RangeError` if a layer occurs twice or does not take the output shape of the layer before it, or if a classifier
   * has one class only; and a `TypeError` if something is not a layer or dtypes differ.
   */
  constructor(options: NetworkOptions<Target>) {
    const {
      layers,
      loss,
      inputShape,
      weightDecay = 0,
      parameterName = (parameter: string, layer: string) => `${layer}.${parameter}`,
    } = checkOptions(
      'Network',
      options,
      ['layers', 'loss', 'inputShape', 'weightDecay', 'parameterName'],
      ['layers', 'loss'],
    )
    checkLayers(layers)
    checkLoss(loss)
    if (!(weightDecay >= 0 && weightDecay < Infinity)) {
      throw new RangeError(
        `Network: weightDecay must be a number of at least 0, not ${showValue(weightDecay)}`,
      )
    }
    const outputs = outputShapes(layers, inputShape, 'Network')
    const output = outputs.at(-1)
    if (loss instanceof SoftmaxWithLoss && output?.length === 1) checkClasses('Network', output[0])
    this.layers = { ...layers } as Record<string, Layer>
    this.#names = Object.keys(this.layers)
    this.lastLayer = loss
    this.weightDecay = weightDecay
    this.#parameterName = parameterName
    this.inputShape = inputShape ?? Object.values(this.layers)[0].inputShape
    const weights = this.parameters()
    checkParameters(weights)
    this.#dtype = weights[0]?.value.dtype
    this.#workspace = new Workspace({
      holds: weights.map(({ value }) => value),
      bufferBytes: bufferBytes(outputs, this.#dtype),
    })
    this.params = writableView(weights) as NamedTensors<Name>
  }

  /**
   * Returns the output (N, …) of the last layer. For a classifier these are logits, before softmax: the largest is the
   * predicted class. `Affine` as the first layer also takes one sample (D), and the result is (C).
   */
  predict(x: Tensor): Tensor {
    const input = this.#input(x)
    const [count, ...sample] = input.shape
    const rows = this.#rowsPerPart(this.#sampleShape(sample))
    if (input.rank < 2 || count <= rows) return this.#run(input).clone()
    // The bits are the same in parts, since no row depends on another.
    let outputs: Tensor | undefined
    for (let start = 0; start < count; start += rows) {
      const part = this.#run(input.rows(start, Math.min(count, start + rows)))
      outputs ??= zeros([count, ...part.shape.slice(1)], { dtype: part.dtype })
      outputs.data.set(part.data, (start * outputs.size) / count)
    }
    return outputs as Tensor
  }

  /** Returns the loss, with the weight decay if there is one; `SoftmaxWithLoss` and `MeanSquaredErrorLoss` are means over the batch. */
  loss(x: Tensor, t: Target, options?: ForwardOptions): number {
    checkOptions('Network', options, ['train'])
    const loss = this.#workspace.run(() =>
      this.lastLayer.forward(this.#forward(this.#input(x), options), this.#converted(t)),
    )
    return this.weightDecay === 0 ? loss : loss + this.#decay()
  }

  /**
   * Returns the probabilities that the outputs of `predict` stand for, in their shape: softmax of logits (N, C), sigmoid of one
   * logit (N, 1), which is the probability of class 1. Throws a `TypeError` if the loss is not that of a classifier.
   */
  predictProbabilities(x: Tensor): Tensor {
    const { lastLayer } = this
    if (lastLayer.probabilities) return lastLayer.probabilities(this.predict(x))
    throw new TypeError(
      `predictProbabilities: ${className(lastLayer)} has no probabilities; predict(x) returns the outputs`,
    )
  }

  /**
   * Returns the predicted class of each sample (N): that of the largest logit, or 1 if the one logit is above 0, and `NO_CLASS`
   * (−1) where outputs contain NaN. Throws a `TypeError` if the loss is not that of a classifier.
   */
  predictClasses(x: Tensor): Int32Array {
    const { lastLayer } = this
    if (lastLayer.classes) return lastLayer.classes(this.predict(x))
    throw new TypeError(
      `predictClasses: ${className(lastLayer)} has no classes; predict(x) returns the outputs`,
    )
  }

  /**
   * Returns the share of samples whose predicted class is right; a sample with NaN in its outputs is wrong. Throws a `TypeError`
   * if the loss is not that of a classifier.
   */
  accuracy(x: Tensor, t: Target): number {
    const { lastLayer } = this
    if (!lastLayer.classifies) {
      throw new TypeError(
        `accuracy: ${className(lastLayer)} has no classes, so there is no accuracy; ` +
          'loss(x, t) judges the network, or accuracy(network.predict(x), labels)',
      )
    }
    if (lastLayer.classes && !(lastLayer instanceof SoftmaxWithLoss)) {
      return shareOfRight(lastLayer.classes(this.predict(x)), t as Labels)
    }
    return accuracy(this.predict(x), this.#converted(t) as Labels)
  }

  /** Returns the gradients of the loss by backpropagation, by name. The next call overwrites them. */
  gradient(x: Tensor, t: Target): NamedTensors<Name> {
    return this.lossAndGradient(x, t).gradients
  }

  /** Returns the loss, and its gradients by backpropagation. The next call overwrites the gradients. */
  lossAndGradient(x: Tensor, t: Target): { loss: number; gradients: NamedTensors<Name> } {
    return this.#workspace.run(() => {
      const loss = this.loss(x, t, TRAINING)
      const names = this.#names
      let dout = this.lastLayer.backward()
      for (let i = names.length - 1; i > 0; i--) dout = this.layers[names[i]].backward(dout)
      this.layers[names[0]].backward(dout, { inputGradient: false })
      const gradients: NamedTensors = {}
      for (let i = 0; i < names.length; i++) {
        for (const { name, value, grad } of this.#parametersOf(i)) {
          if (this.weightDecay > 0 && decays(value)) axpy(this.weightDecay, value, grad)
          gradients[name] = grad
        }
      }
      return { loss, gradients }
    })
  }

  /**
   * Returns the gradients of the loss by central differences, one weight at a time: slow, and the check of `gradient`. Use a
   * network of dtype float64 (`astype('float64')`); float32 is too coarse for differences. Each pass has the same random state,
   * which stays as it is, and so do the buffers.
   */
  numericalGradient(x: Tensor, t: Target): NamedTensors<Name> {
    const [input, target] = [this.#input(x), this.#converted(t)]
    const buffers = this.buffers().map(({ value }) => [value, value.clone()] as const)
    const { randomState } = this
    const restore = () => {
      for (const [value, saved] of buffers) value.data.set(saved.data)
      this.randomState = randomState
    }
    const loss = () => {
      restore()
      return this.loss(input, target, TRAINING)
    }
    const gradients = this.parameters().map(({ name, value }) => [name, numericalGradient(loss, value)])
    restore()
    return Object.fromEntries(gradients)
  }

  /** Returns the weights with their gradients, as an optimizer takes them, in the order of the layers. */
  parameters(): Parameter[] {
    return this.#names.flatMap((_, i) => this.#parametersOf(i))
  }

  /** Returns the tensors that are saved with the weights, but not trained. */
  buffers(): Buffer[] {
    return Object.entries(this.layers).flatMap(([layer, own]) =>
      (own.buffers?.() ?? []).map(({ name, value }) => ({ name: this.#parameterName(name, layer), value })),
    )
  }

  /**
   * The states of the layers' random generators in order, plain data; `undefined` if none is random. Training that is resumed to
   * the bit saves it, and assigns it again.
   */
  get randomState(): RandomState | undefined {
    return randomStates(Object.values(this.layers))
  }

  set randomState(state: RandomState | undefined) {
    assignRandomStates(Object.values(this.layers), state)
  }

  /**
   * Returns the network as plain data, without its weights; `saveModel` writes it. Throws a `TypeError` if a layer or the loss
   * cannot be described, or the shape of a sample is not known.
   */
  describe(): NetworkData {
    const layers: Record<string, LayerDescription> = {}
    const names: Record<string, string> = {}
    for (const [name, layer] of Object.entries(this.layers)) {
      if (!layer.describe)
        throw new TypeError(`Network: layer ${name} (${className(layer)}) has no describe()`)
      layers[name] = layer.describe() as LayerDescription
      for (const { name: own } of [...layer.parameters(), ...(layer.buffers?.() ?? [])]) {
        const given = this.#parameterName(own, name)
        if (given !== `${name}.${own}`) names[`${name}.${own}`] = given
      }
    }
    const { lastLayer, inputShape, weightDecay } = this
    if (!lastLayer.describe)
      throw new TypeError(`Network: the loss ${className(lastLayer)} has no describe()`)
    if (!inputShape) {
      throw new TypeError('Network: the shape of a sample is not known: create the network with inputShape')
    }
    return {
      ...{ inputShape, layers, loss: lastLayer.describe(), dtype: this.#dtype ?? 'float32' },
      ...(weightDecay !== 0 && { weightDecay }),
      ...(Object.keys(names).length > 0 && { names }),
    }
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
    const { lastLayer: loss, inputShape, weightDecay } = this
    return new Network({
      layers: Object.fromEntries(layers),
      loss,
      inputShape,
      weightDecay,
      parameterName: this.#parameterName,
    })
  }

  #run(x: Tensor): Tensor {
    return this.#workspace.run(() => this.#forward(x))
  }

  /** `½·λ·Σ W²`. */
  #decay(): number {
    const sum = this.parameters().reduce((sum, { value }) => sum + (decays(value) ? norm(value) ** 2 : 0), 0)
    return 0.5 * this.weightDecay * sum
  }

  #forward(x: Tensor, options?: ForwardOptions): Tensor {
    let value = x.rank === 2 ? x.reshape([x.shape[0], ...this.#sampleShape([x.shape[1]])]) : x
    for (const name of this.#names) value = this.layers[name].forward(value, options)
    return value
  }

  /** The parameters of layer i under their names in the network; stored, until the layer is replaced by another. */
  #parametersOf(i: number): readonly Parameter[] {
    const layer = this.layers[this.#names[i]]
    const stored = this.#parameters[i]
    if (stored?.layer === layer) return stored.parameters
    const parameters = layer
      .parameters()
      .map(({ name, value }, k, all) =>
        parameter(this.#parameterName(name, this.#names[i]), value, () => all[k].grad),
      )
    this.#parameters[i] = { layer, parameters }
    return parameters
  }

  #input(x: Tensor): Tensor {
    checkTensor('Network', 'x', x)
    return this.#converted(x)
  }

  /** Returns a tensor in the dtype of the weights, without a copy if it has it already; returns anything else unchanged. */
  #converted<T>(value: T): T {
    if (!(value instanceof Tensor) || this.#dtype === undefined || value.dtype === this.#dtype) return value
    return value.astype(this.#dtype) as T & Tensor
  }

  /** The shape in which the layers get samples: `inputShape` for flat samples (D) of as many elements, else their own. */
  #sampleShape(sample: Shape): Shape {
    const { inputShape = sample } = this
    const isFlat = sample.length === 1 && inputShape.reduce((D, length) => D * length, 1) === sample[0]
    return isFlat ? inputShape : sample
  }

  /** Maximum number of samples at a time in `predict`; infinite if the output shape of a layer is not known. */
  #rowsPerPart(sample: Shape): number {
    if (!this.#parts || !sameShape(this.#parts.sample, sample)) {
      this.#parts = { sample, rows: rowsPerPart(this.layers, sample) }
    }
    return this.#parts.rows
  }
}

/** Weight decay concerns matrices and filters, not biases, gamma and beta. */
const decays = (value: Tensor): boolean => value.rank > 1

/** Returns the size of the outputs of all layers, and of their gradients. */
function bufferBytes(outputs: readonly (Shape | undefined)[], dtype?: DType): number {
  const sizes = outputs.map((shape = []) => shape.reduce((product, length) => product * length, 1))
  const elements = 2 * sizes.reduce((sum, size) => sum + size, 0)
  return SAMPLES_IN_MEMORY * elements * (dtype === 'float64' ? 8 : 4)
}

function rowsPerPart(layers: Readonly<Record<string, Layer>>, sample: Shape): number {
  try {
    const shapes = outputShapes(layers, sample, 'Network')
    const sizes = shapes.map((shape) => shape?.reduce((product, length) => product * length, 1))
    if (sizes.includes(undefined)) return Infinity
    return Math.ceil(MAX_ELEMENTS_PER_PART / Math.max(1, ...(sizes as number[])))
  } catch {
    // x does not fit: the layer reports it in `forward`, with the shape of the whole batch.
    return Infinity
  }
}

function checkLayers(layers: NetworkOptions<never>['layers']): void {
  const all = Object.entries(layers ?? {})
  if (all.length === 0)
    throw new TypeError('Network: layers must hold at least one layer, in an array or by name')
  const wrong = all.find(([, layer]) => typeof layer?.forward !== 'function')
  if (wrong) {
    throw new TypeError(
      `Network: layer ${wrong[0]} must be a layer, an object with forward and backward, not ${showValue(wrong[1])}; ` +
        'buildLayers makes layers of descriptions',
    )
  }
  if (new Set(all.map(([, layer]) => layer)).size < all.length) {
    throw new RangeError(
      'Network: a layer occurs twice; it stores one forward pass only, so make a second layer',
    )
  }
}

function checkLoss(loss: Loss<never>): void {
  if (typeof loss?.forward === 'function' && typeof loss.backward === 'function') return
  throw new TypeError(
    `Network: loss must be an object with forward and backward, such as new SoftmaxWithLoss(), not ${showValue(loss)}`,
  )
}

function checkParameters(parameters: readonly Parameter[]): void {
  const repeated = parameters.find(({ name }, i) => parameters.findIndex((p) => p.name === name) < i)
  if (repeated) throw new RangeError(`Network: two parameters are called ${repeated.name}; names must differ`)
  const dtypes = parameters.map(({ name, value }) => `${name} ${value.dtype}`)
  if (parameters.some(({ value }) => value.dtype !== parameters[0].value.dtype)) {
    throw new TypeError(`Network: ${dtypes.join(', ')} do not mix: convert layers with astype`)
  }
}

/**
 * Returns an object with the tensors by name. Assigning to a name copies the elements into the tensor, so that its layer
 * sees the change; it throws a `RangeError` if shape or dtype differ, a `TypeError` for another name.
 */
function writableView(parameters: readonly Parameter[]): NamedTensors {
  const view = {}
  for (const { name, value: own } of parameters) {
    Object.defineProperty(view, name, {
      enumerable: true,
      get: () => own,
      set(given: Tensor) {
        checkTensor(`params.${name}`, 'the new value', given)
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
