/** `createWasm`: the backend in WebAssembly SIMD. */
import type { Backend } from '../backend.ts'
import { js } from '../js/index.ts'
import { createByRows } from './by-rows.ts'
import { createMatmulCsr } from './csr.ts'
import { createMatmul } from './matmul.ts'
import {
  type Extend,
  instantiate,
  instantiateFurther,
  type KernelModule,
  kernelsOf,
  type MemoryFor,
  MODULE_BYTES,
  memoryOf,
  memoryPages,
  WasmMemory,
} from './memory.ts'
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
export function createWasm(name = 'wasm', hex = MODULE): Backend | undefined {
  const bytes = decodeModule(hex)
  if (!bytes) return undefined
  const module = new WebAssembly.Module(bytes)
  const create = (extraBytes: number): WasmMemory => {
    const pages = memoryPages(extraBytes)
    const memory = new WebAssembly.Memory({ initial: pages, maximum: pages })
    const extend: Extend = (further) => {
      const exports = instantiateFurther(compiled(further), memory, MODULE_BYTES)
      return [kernelsOf(exports, 32, further.names), kernelsOf(exports, 64, further.names)]
    }
    return new WasmMemory(bytes, instantiate(module, memory), memory.buffer, extend)
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
    memoryFor,
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

const modules = new WeakMap<KernelModule, WebAssembly.Module>()

/** Returns a further module, compiled on first use. */
function compiled(further: KernelModule): WebAssembly.Module {
  const known = modules.get(further)
  if (known) return known
  const module = new WebAssembly.Module(further.decode())
  modules.set(further, module)
  return module
}

/** Decodes a module (hexadecimal digits); returns `undefined` if the engine lacks WebAssembly or the instructions that it uses. */
export function decodeModule(hex: string): Uint8Array<ArrayBuffer> | undefined {
  const bytes = decodeHex(hex)
  return typeof WebAssembly === 'object' && WebAssembly.validate(bytes) ? bytes : undefined
}

/** Decodes hexadecimal digits. A loop: a callback for each byte takes milliseconds when cold. */
export function decodeHex(hex: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(hex.length / 2)
  for (let i = 0; i < bytes.length; i++) bytes[i] = 16 * digit(hex, 2 * i) + digit(hex, 2 * i + 1)
  return bytes
}

/** The value of a lower-case hexadecimal digit; `a` has code 97. */
function digit(hex: string, i: number): number {
  const code = hex.charCodeAt(i)
  return code < 97 ? code - 48 : code - 87
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
