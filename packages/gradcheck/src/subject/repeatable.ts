import type { Tensor } from '@gosa/linalg'

/** What a layer or network may have besides its weights: both are changed by a training pass. */
interface Stateful {
  /** Tensors that a training pass moves, such as running statistics. */
  buffers?(): readonly { readonly value: Tensor }[]
  /** The state of its random generators, which can be assigned. */
  randomState?: unknown
}

/**
 * Returns a function that restores running statistics and random generators of a layer or network to their present state,
 * so that each pass of a check is the same, and none leaves a trace.
 */
export function saveState(subject: object): () => void {
  const stateful = subject as Stateful
  const buffers = typeof stateful.buffers === 'function' ? stateful.buffers() : []
  const saved = buffers.map(({ value }) => [value, value.data.slice()] as const)
  const { randomState } = stateful
  return () => {
    for (const [{ data }, elements] of saved) data.set(elements)
    if (randomState !== undefined) stateful.randomState = randomState
  }
}

/** Returns `object`, with the buffers and the random state of `subject`, if it has any, so that they can be restored. */
export function exposeState<T extends object>(object: T, subject: object): T {
  const stateful = subject as Stateful
  if (typeof stateful.buffers === 'function') Object.assign(object, { buffers: () => stateful.buffers?.() })
  if (stateful.randomState === undefined) return object
  return Object.defineProperty(object, 'randomState', {
    get: () => stateful.randomState,
    set: (state: unknown) => {
      stateful.randomState = state
    },
  })
}

/** Whether a training pass of the subject differs from a prediction. */
export const isStateful = (subject: object): boolean => {
  const { buffers, randomState } = subject as Stateful
  return randomState !== undefined || (typeof buffers === 'function' && buffers.call(subject).length > 0)
}
