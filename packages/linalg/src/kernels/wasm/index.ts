/** `createWasm`: the backend in WebAssembly SIMD. */
import type { Backend } from '../backend.ts'
import { js } from '../js/index.ts'
import { createByRows } from './by-rows.ts'
import { createMatmulCsr } from './csr.ts'
import { createMatmul } from './matmul.ts'
import { instantiate, type MemoryFor, memoryOf, memoryPages, WasmMemory } from './memory.ts'
import { MODULE } from './module.generated.ts'

/** Maximum size of what is allocated in one memory, 256 MiB. */
const MAX_ALLOCATED_BYTES = 2 ** 28

/**
 * Returns the backend in WebAssembly SIMD, or `undefined` if the engine lacks it. Compiles on every call (about a
 * millisecond), so call it once.
 *
 * Operands that are ordinary arrays are copied into the scratch memory of one common memory. Each memory that
 * `createMemory` returns is a memory of its own, so that it is garbage-collected with its arrays: an operation whose result
 * lies there computes there, and nothing is copied.
 */
export function createWasm(name = 'wasm', base64 = MODULE): Backend | undefined {
  const bytes = decodeModule(base64)
  if (!bytes) return undefined
  const module = new WebAssembly.Module(bytes)
  const create = (extraBytes: number): WasmMemory => {
    const pages = memoryPages(extraBytes)
    const memory = new WebAssembly.Memory({ initial: pages, maximum: pages })
    return new WasmMemory(bytes, instantiate(module, memory), memory.buffer)
  }
  const common = create(0)
  const memoryFor: MemoryFor = (x) => {
    const pool = threadPool(bytes)
    const own = memoryOf(x)
    if (pool) return pool.memoryFor(own)
    return own?.module === bytes ? own : common
  }
  return {
    ...js,
    ...createByRows(memoryFor),
    name,
    matmul: createMatmul(memoryFor),
    matmulCsr: createMatmulCsr(memoryFor),
    createMemory(bytesToAllocate) {
      if (bytesToAllocate > MAX_ALLOCATED_BYTES) return undefined
      try {
        return (threadPool(bytes)?.createMemory ?? create)(bytesToAllocate)
      } catch {
        // The engine is out of memory: arrays lie elsewhere, and are copied.
        return undefined
      }
    },
  }
}

/** Decodes a module (base64); returns `undefined` if the engine lacks WebAssembly or the instructions that it uses. */
export function decodeModule(base64: string): Uint8Array<ArrayBuffer> | undefined {
  const bytes = decodeBase64(base64)
  return typeof WebAssembly === 'object' && WebAssembly.validate(bytes) ? bytes : undefined
}

/** Decodes base64 by what the engine offers, else in a loop: a callback for each byte takes milliseconds when cold. */
export function decodeBase64(base64: string): Uint8Array<ArrayBuffer> {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(base64)
  const text = atob(base64)
  const bytes = new Uint8Array(text.length)
  for (let i = 0; i < bytes.length; i++) bytes[i] = text.charCodeAt(i)
  return bytes
}

declare global {
  interface Uint8ArrayConstructor {
    /** From ES2026; absent in older engines. */
    fromBase64?(base64: string): Uint8Array<ArrayBuffer>
  }
}

/** Threads that compute together on shared memories. */
export interface ThreadPool {
  /** Returns the given memory if its kernels compute on these threads, else the common one of the pool. */
  memoryFor(own: WasmMemory | undefined): WasmMemory
  /** Creates a shared memory on which these threads compute. */
  createMemory(extraBytes: number): WasmMemory
}

type FindPool = (module: Uint8Array<ArrayBuffer>) => ThreadPool

let findPool: FindPool | undefined

/** Sets the function that returns the pool of a module (always the same one), or removes it. Called by `threads/` alone. */
export function setThreadPools(find: FindPool | undefined): void {
  findPool = find
}

/** Returns the threads that compute for a module, if there are any. */
export const threadPool = (module: Uint8Array<ArrayBuffer>): ThreadPool | undefined => findPool?.(module)
