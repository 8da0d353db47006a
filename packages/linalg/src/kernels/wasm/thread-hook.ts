/** The hook by which `threads/` takes over the memories of a module; without it no code of threads is loaded. */
import type { WasmMemory } from './memory.ts'

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
