/** `createWasm`: the backend in WebAssembly SIMD. */
import type { Backend } from '../backend.ts'
import { js } from '../js/index.ts'
import { createMatmulCsr } from './csr.ts'
import { createElementwise } from './elementwise.ts'
import { createMatmul } from './matmul.ts'
import { type MemoryFor, memoryOf, memoryPages, WasmMemory } from './memory.ts'
import { MODULE } from './module.generated.ts'
import { decodeModule, instantiate } from './module.ts'
import { threadPool } from './thread-hook.ts'

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
    ...createElementwise(memoryFor),
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
