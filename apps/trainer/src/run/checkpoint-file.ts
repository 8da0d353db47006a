import { createHash } from 'node:crypto'
import type { RngState } from '@gosa/linalg'
import { decodeSafetensors, encodeSafetensors } from '@gosa/networks'
import type { TrainingState } from '../training/state.ts'

/** What a checkpoint holds besides tensors. */
interface Numbers {
  iteration: number
  rng: RngState
  losses: TrainingState['losses']
  optimizer: { optimizer: string; steps: number; slots: string[] }
  weights: string[]
}

/** A checkpoint as bytes: a safetensors file, with everything that is no tensor, and a checksum, as metadata. */
export function encodeCheckpoint({ weights, optimizer, ...numbers }: TrainingState): Uint8Array {
  const slots = Object.entries(optimizer.slots).flatMap(([quantity, tensors]) =>
    Object.entries(tensors).map(([name, tensor]) => [`${quantity}.${name}`, tensor] as const),
  )
  const all: Numbers = {
    ...numbers,
    optimizer: {
      optimizer: optimizer.optimizer,
      steps: optimizer.steps,
      slots: Object.keys(optimizer.slots),
    },
    weights: Object.keys(weights),
  }
  const state = JSON.stringify(all)
  const tensors = { ...weights, ...Object.fromEntries(slots) }
  return encodeSafetensors(tensors, { state, sha256: checksum(tensors, state) })
}

/** The state in a checkpoint's bytes. Throws an `Error` where a single bit of them is not as it was written. */
export function decodeCheckpoint(bytes: Uint8Array): TrainingState {
  const { tensors, metadata } = decodeSafetensors(bytes)
  const { state = '', sha256 } = metadata
  if (checksum(tensors, state) !== sha256) throw new Error('its checksum is not that of its content')
  const { weights, optimizer, ...numbers } = JSON.parse(state) as Numbers
  const slots = optimizer.slots.map((quantity) => {
    const own = weights.filter((name) => `${quantity}.${name}` in tensors)
    return [quantity, Object.fromEntries(own.map((name) => [name, tensors[`${quantity}.${name}`]]))]
  })
  return {
    ...numbers,
    optimizer: { ...optimizer, slots: Object.fromEntries(slots) },
    weights: Object.fromEntries(weights.map((name) => [name, tensors[name]])),
  }
}

/** Of names, shapes, dtypes, elements and the state: of the file that they make. */
const checksum = (tensors: Parameters<typeof encodeSafetensors>[0], state: string): string =>
  createHash('sha256').update(encodeSafetensors(tensors, { state })).digest('hex')
