/** In which memory an array lies: a cache for the arrays of arenas, and the fallback for all others. */
import type { FloatArray } from '../../tensor/dtype.ts'

/** Where an array of an arena lies. */
export interface ArenaLocation {
  readonly buffer: ArrayBufferLike
  /** In elements. */
  readonly offset: number
}

/** Locations of the arrays that arenas allocated; engines take several times as long for `x.buffer` and `x.byteOffset`. */
export const arenaLocations = new WeakMap<FloatArray, ArenaLocation>()

/**
 * Maximum length for which `buffer` is not read: V8 stores the elements of tiny arrays inside of the array object, and
 * reading `buffer` would make it move them out. Such arrays lie in an arena only if `arenaLocations` says so.
 */
const MAX_INLINE_ELEMENTS = 16

/** Returns the buffer of an array, or `undefined` for a tiny array that no arena allocated. */
export const bufferOf = (x: FloatArray): ArrayBufferLike | undefined =>
  arenaLocations.get(x)?.buffer ?? (x.length <= MAX_INLINE_ELEMENTS ? undefined : x.buffer)
