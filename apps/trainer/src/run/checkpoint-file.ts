import { createHash } from 'node:crypto'
import { decodeSafetensors, encodeSafetensors } from '@gosa/formats'
import type { Tensor } from '@gosa/linalg'
import type { EarlyStoppingState, EvaluatedWeights, TrainingState } from '@gosa/training'

/** What a checkpoint holds besides tensors. */
interface Numbers extends Omit<TrainingState, 'weights' | 'optimizer' | 'early'> {
  optimizer: { optimizer: string; steps: number; slots: string[] }
  weights: string[]
  early?: Omit<EarlyStoppingState, 'best'> & { best?: Omit<EvaluatedWeights, 'weights'> }
}

type Tensors = Readonly<Record<string, Tensor>>

/** What the names of the best weights begin with. */
const BEST = 'best'

/** A checkpoint as bytes: a safetensors file, with everything that is no tensor, and a checksum, as metadata. */
export function encodeCheckpoint({ weights, optimizer, early, ...numbers }: TrainingState): Uint8Array {
  const { weights: best = {}, ...bestNumbers } = early?.best ?? {}
  const all: Numbers = {
    ...numbers,
    optimizer: { ...optimizer, slots: Object.keys(optimizer.slots) },
    weights: Object.keys(weights),
    ...(early && {
      early: { ...early, ...(early.best && { best: bestNumbers as Omit<EvaluatedWeights, 'weights'> }) },
    }),
  }
  const state = JSON.stringify(all)
  const slots = Object.entries(optimizer.slots).map(([quantity, tensors]) => prefixed(quantity, tensors))
  const tensors = Object.assign({ ...weights }, ...slots, prefixed(BEST, best))
  return encodeSafetensors(tensors, { state, sha256: checksum(tensors, state) })
}

/** The state in a checkpoint's bytes. Throws an `Error` where a single bit of them is not as it was written. */
export function decodeCheckpoint(bytes: Uint8Array): TrainingState {
  const { tensors, metadata } = decodeSafetensors(bytes)
  const { state = '', sha256 } = metadata
  if (checksum(tensors, state) !== sha256) throw new Error('its checksum is not that of its content')
  const { weights, optimizer, early, ...numbers } = JSON.parse(state) as Numbers
  const slots = optimizer.slots.map((quantity) => [quantity, unprefixed(quantity, weights, tensors)])
  const best = early?.best && { ...early.best, weights: unprefixed(BEST, weights, tensors) }
  return {
    ...numbers,
    optimizer: { ...optimizer, slots: Object.fromEntries(slots) },
    weights: Object.fromEntries(weights.map((name) => [name, tensors[name]])),
    ...(early && { early: { ...early, ...(best && { best }) } as EarlyStoppingState }),
  }
}

/** `W1` of the velocities is called `velocity.W1` in the file. */
const prefixed = (quantity: string, tensors: Tensors): Tensors =>
  Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [`${quantity}.${name}`, tensor]))

const unprefixed = (quantity: string, names: readonly string[], tensors: Tensors): Tensors =>
  Object.fromEntries(
    names.flatMap((name) => {
      const tensor = tensors[`${quantity}.${name}`]
      return tensor ? [[name, tensor]] : []
    }),
  )

/** Of names, shapes, dtypes, elements and the state: of the file that they make. */
const checksum = (tensors: Tensors, state: string): string =>
  createHash('sha256').update(encodeSafetensors(tensors, { state })).digest('hex')
