import type { FloatArray } from '../../tensor/dtype.ts'

/** Where an array lies. */
export interface Spot {
  readonly buffer: ArrayBufferLike
  /** In elements. */
  readonly place: number
}

/** The spots of the arrays that arenas gave out: engines take several times as long to tell what an array knows of itself. */
export const spots = new WeakMap<FloatArray, Spot>()

/** Of so few elements nobody asks where they lie: V8 would have to move them first, since it keeps them in the array itself. */
const TINY = 16

/** The buffer of an array, unless it is tiny. */
export const bufferOf = (x: FloatArray): ArrayBufferLike | undefined =>
  spots.get(x)?.buffer ?? (x.length <= TINY ? undefined : x.buffer)
