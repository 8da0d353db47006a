/** Arenas: memory in which arrays lie beside the kernels' scratch memory, so that kernels use them in place. */
import type { FloatArray } from '../../tensor/dtype.ts'
import type { Arena } from '../backend.ts'
import { arenaLocations, bufferOf } from './arena-locations.ts'
import type { Kernels } from './kernels.ts'
import { type LoadedModule, MEMORY_PAGES, PAGE_BYTES } from './module.ts'

/** Maximum size of an arena, 256 MiB. */
const MAX_ARENA_BYTES = 2 ** 28

/** Alignment of arrays, and the gap between them: vectors are read and written beyond the end of an array. */
const ALIGNMENT_BYTES = 64

/**
 * Returns the `arena` method of a backend: it creates a memory of a fixed size, whose pages take no physical memory until
 * they are written. The method returns `undefined` if the arena would be too large, or the engine is out of memory.
 */
export const createArenaFactory =
  ({ createMemory }: LoadedModule) =>
  (bytes: number): Arena | undefined => {
    if (bytes > MAX_ARENA_BYTES) return undefined
    let buffer: ArrayBufferLike
    try {
      buffer = createMemory(bytes).buffer
    } catch {
      return undefined
    }
    let next = MEMORY_PAGES.initial * PAGE_BYTES
    return {
      allocate(length, dtype) {
        const Kind = dtype === 'float32' ? Float32Array : Float64Array
        const start = next
        const bytes = Math.ceil((length * Kind.BYTES_PER_ELEMENT) / ALIGNMENT_BYTES) * ALIGNMENT_BYTES
        const end = start + bytes + ALIGNMENT_BYTES
        if (end > buffer.byteLength) return undefined
        next = end
        const array = new Kind(buffer as ArrayBuffer, start, length)
        arenaLocations.set(array, { buffer, offset: start / Kind.BYTES_PER_ELEMENT })
        return array
      },
    }
  }

/** Returns the offset of an array in the memory of the kernels, or `undefined` if it lies elsewhere. */
export function offsetInWasm({ buffer, elementBytes }: Kernels, x: FloatArray): number | undefined {
  const location = arenaLocations.get(x)
  if (location) return location.buffer === buffer ? location.offset : undefined
  return bufferOf(x) === buffer ? x.byteOffset / elementBytes : undefined
}

/**
 * Returns the same for an array that a kernel writes to. Vectors are written beyond its end, so only whole arrays of an
 * arena qualify, with the gap behind them, and not parts of them.
 */
export function writableOffset({ buffer }: Kernels, out: FloatArray): number | undefined {
  const location = arenaLocations.get(out)
  return location?.buffer === buffer ? location?.offset : undefined
}

/** Returns the offset of an operand in the memory of the kernels; if it lies elsewhere, copies it to `scratch` first. */
export function ensureInWasm(kernels: Kernels, x: FloatArray, scratch: number): number {
  const offset = offsetInWasm(kernels, x)
  if (offset === undefined) kernels.memory.set(x, scratch)
  return offset ?? scratch
}
