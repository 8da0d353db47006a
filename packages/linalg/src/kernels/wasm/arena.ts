import type { FloatArray } from '../../tensor/dtype.ts'
import type { Arena } from '../backend.ts'
import { bufferOf, spots } from './arena-locations.ts'
import type { Kernels } from './kernels.ts'
import { type Loaded, MEMORY, PAGE } from './module.ts'

/** What an arena may hold at most, in bytes; there is no arena for more. */
const MOST = 2 ** 28

/** Arrays begin at multiples of so many bytes, with as much between them: vectors are read and written beyond their ends. */
const GAP = 64

/**
 * Memory of a fixed size behind that in which the kernels work, so that arrays in it need not be copied for them. Pages
 * that are never written take no room. `undefined` where it would be too large, or the engine has no more to give.
 */
export const arenaWith =
  ({ extended }: Loaded) =>
  (bytes: number): Arena | undefined => {
    if (bytes > MOST) return undefined
    let buffer: ArrayBufferLike
    try {
      buffer = extended(bytes).buffer
    } catch {
      return undefined
    }
    let next = MEMORY.initial * PAGE
    return {
      allocate(length, dtype) {
        const Kind = dtype === 'float32' ? Float32Array : Float64Array
        const start = next
        const end = start + Math.ceil((length * Kind.BYTES_PER_ELEMENT) / GAP) * GAP + GAP
        if (end > buffer.byteLength) return undefined
        next = end
        const array = new Kind(buffer as ArrayBuffer, start, length)
        spots.set(array, { buffer, place: start / Kind.BYTES_PER_ELEMENT })
        return array
      },
    }
  }

/** Where the elements of an array are in the memory of the kernels; `undefined` where they are elsewhere. */
export function placeOf({ buffer, bytes }: Kernels, x: FloatArray): number | undefined {
  const spot = spots.get(x)
  if (spot) return spot.buffer === buffer ? spot.place : undefined
  return bufferOf(x) === buffer ? x.byteOffset / bytes : undefined
}

/**
 * The same for an array to write to: vectors may be written beyond its end, which only those that arenas gave out are
 * known to have room for, not parts of them.
 */
export function placeToWrite({ buffer }: Kernels, out: FloatArray): number | undefined {
  const spot = spots.get(out)
  return spot?.buffer === buffer ? spot?.place : undefined
}

/** Where an operand can be read: where it is, if the kernels reach it there, else at `place`, to which it is copied. */
export function reach(kernels: Kernels, x: FloatArray, place: number): number {
  const there = placeOf(kernels, x)
  if (there === undefined) kernels.memory.set(x, place)
  return there ?? place
}
