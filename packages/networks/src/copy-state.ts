/** Copies of whole networks: weights, buffers and random state. */
import type { RandomState } from '@gosa/layers'
import type { ParameterLike } from '@gosa/linalg'

/** The parts of a network that training changes. */
interface TrainedState {
  parameters(): readonly ParameterLike[]
  buffers(): readonly ParameterLike[]
  randomState: RandomState | undefined
}

/** Copies the weights, buffers and random state of a network into one of the same layers, of any dtype, and returns that. */
export function withStateOf<T extends TrainedState>(source: TrainedState, target: T): T {
  for (const list of ['parameters', 'buffers'] as const) {
    const tensors = target[list]()
    for (const [i, { value }] of source[list]().entries()) tensors[i].value.data.set(value.data)
  }
  target.randomState = source.randomState
  return target
}
