/**
 * The model as training sees it: `Trainable`, which networks satisfy by their shape, its samples, and its weights as a
 * record of tensors by name.
 */
import { type Parameter, sum, type Tensor } from '@gosa/linalg'
import type { Labels } from '@gosa/losses'

/** The targets of N samples: class indices (N), or a tensor (N, …) of probabilities or numbers. */
export type Targets = Uint8Array | Int32Array | Tensor

/** Samples with their targets: x (N, …), one sample per row, and t, one target per sample. */
export interface Samples<T extends Targets = Targets> {
  readonly x: Tensor
  readonly t: T
}

/** Samples x (N, …) and their class indices t (N). */
export type ClassSamples = Samples<Uint8Array | Int32Array>

/**
 * What training needs of a model; every `Network` satisfies it. `gradient` computes the gradients that `parameters` hand out;
 * `lossAndGradient`, if there is one, is called in its place and returns the loss as well.
 */
export interface Trainable<T = Targets> {
  gradient?(x: Tensor, t: T): unknown
  lossAndGradient?(x: Tensor, t: T): { readonly loss: number }
  loss?(x: Tensor, t: T): number
  /** The weights in the order in which they are saved and hashed. */
  parameters(): readonly Parameter[]
  /** Tensors that are saved with the weights, but not trained, such as a running mean. */
  buffers?(): readonly { readonly name: string; readonly value: Tensor }[]
  /** The state of the generators that its layers draw from, such as that of dropout: plain data, saved and assigned again. */
  randomState?: unknown
}

/** A model that gives logits (N, C) for samples (N, …); `Network`, `TwoLayerNet` and `MultiLayerNet` satisfy it. */
export interface Classifier extends Trainable<Labels> {
  predict(x: Tensor): Tensor
  lossAndGradient(x: Tensor, t: Labels): { readonly loss: number }
  parameters(): Parameter[]
}

/** Tensors by the names of the weights. */
export type Weights = Readonly<Record<string, Tensor>>

/** The weights of a model in their order, `W1 b1 W2 b2`: the model's own tensors, not copies. */
export const weightsOf = (model: Pick<Trainable, 'parameters'>): Weights => byName(model.parameters())

/** The tensors of a model that are saved, but not trained, by name: its own, not copies. */
export const buffersOf = (model: Pick<Trainable, 'buffers'>): Weights => byName(model.buffers?.() ?? [])

const byName = (named: readonly { readonly name: string; readonly value: Tensor }[]): Weights =>
  Object.fromEntries(named.map(({ name, value }) => [name, value]))

/** Whether no weight is NaN or infinite. */
export const areFinite = (weights: Weights): boolean =>
  Object.values(weights).every((value) => {
    // NaN and infinities show in the sums of columns, which a kernel computes; large numbers may overflow in them.
    const [rows] = value.shape
    const sums = value.rank > 1 ? sum(value.reshape([rows, value.size / rows]), { axis: 0 }) : value
    return sums.data.every(Number.isFinite) || value.data.every(Number.isFinite)
  })
