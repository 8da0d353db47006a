/** The state of `fit` as plain data, and back into tensors and a model. */
import { Tensor } from '@gosa/linalg'
import { buffersOf, type Trainable, type Weights, weightsOf } from '../loop/classifier.ts'
import type { FitState } from './fit-options.ts'

/** A tensor as a structured clone leaves it, or as `plainState` writes it. */
interface PlainTensor {
  readonly shape: readonly number[]
  readonly data: Float32Array | Float64Array
}

/**
 * Returns the state with plain objects `{ shape, data }` for tensors, which `postMessage` and IndexedDB can copy. `fit` takes
 * it as it takes the state itself.
 */
export const plainState = (state: FitState): FitState => plain(state) as FitState

/** Returns plain data with objects `{ shape, data }`, which are copies, for tensors. */
export const plain = (value: unknown): unknown =>
  mapTensors(value, ({ shape, data }) => ({ shape: [...shape], data: data.slice() }))

/** Returns data whose tensors are tensors, whatever it was copied by. */
export const revived = (value: unknown): unknown =>
  mapTensors(value, (one) => (one instanceof Tensor ? one : new Tensor(one.data, one.shape)))

function mapTensors(value: unknown, change: (tensor: Tensor | PlainTensor) => unknown): unknown {
  if (value instanceof Tensor) return change(value)
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value
  if (Array.isArray(value)) return value.map((one) => mapTensors(one, change))
  const { data, shape } = value as Partial<PlainTensor>
  if (ArrayBuffer.isView(data) && Array.isArray(shape)) return change(value as PlainTensor)
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, mapTensors(one, change)]))
}

/** Copies saved tensors into those of a model. Throws a `RangeError` if names or shapes differ, before anything is written. */
export function loadWeights(model: Trainable<never>, weights: Weights, buffers: Weights = {}): void {
  const own = { ...weightsOf(model), ...buffersOf(model) }
  const saved = { ...weights, ...buffers }
  const describe = (tensors: Weights) =>
    Object.entries(tensors)
      .map(([name, { shape, dtype }]) => `${name} (${shape.join(', ')}) ${dtype}`)
      .join('; ')
  if (describe(own) !== describe(saved)) {
    throw new RangeError(`fit: the model has ${describe(own)}, but the state ${describe(saved)}`)
  }
  for (const [name, { data }] of Object.entries(own)) data.set(saved[name].data)
}
