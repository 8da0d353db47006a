import type { Backend } from '../backend.ts'
import type { FloatArray } from '../dtype.ts'
import type { Kernels, KernelsFor } from './module.ts'

/** What can be loaded, in bytes: the end of the memory, which no operation uses. */
const ROOM = 2 ** 21

/** Space behind each array, in bytes, since vectors may be read and written beyond its end. */
const GAP = 64

/** Arrays of one dtype that fit there, one after the other; one set at a time. */
export function loadWith(kernelsFor: KernelsFor): NonNullable<Backend['load']> {
  let occupied = false
  return (arrays) => {
    const places = placesOf(arrays)
    if (occupied || !places) return undefined
    occupied = true
    const buffer = kernelsFor(arrays[0]).memory.buffer as ArrayBuffer
    return {
      arrays: arrays.map((array, i) => {
        const Kind = array instanceof Float32Array ? Float32Array : Float64Array
        const copy = new Kind(buffer, buffer.byteLength - ROOM + places[i], array.length)
        copy.set(array)
        return copy
      }),
      release: () => {
        occupied = false
      },
    }
  }
}

/** Where each array begins, in bytes; `undefined` where they do not fit. */
function placesOf(arrays: readonly FloatArray[]): number[] | undefined {
  let next = 0
  const places = arrays.map(({ byteLength }) => {
    const place = next
    next += Math.ceil(byteLength / GAP) * GAP + GAP
    return place
  })
  return next <= ROOM ? places : undefined
}

/** Where an operand can be read: where it is, if it was loaded into this memory, else at `place`, to which it is copied. */
export function reach({ memory, bytes }: Kernels, x: FloatArray, place: number): number {
  if (x.buffer === memory.buffer) return x.byteOffset / bytes
  memory.set(x, place)
  return place
}
