/** Compiles and instantiates the module, on its own memory and on those of arenas and threads. */
import type { FloatArray } from '../../tensor/dtype.ts'
import { bufferOf } from './arena-locations.ts'
import type { Kernels, KernelsFor } from './kernels.ts'
import { parallelKernelsFor } from './parallel.ts'

/** Size of the memory that kernels work with, their data and scratch memory, in pages. See `assembly/build.mjs`. */
export const MEMORY_PAGES = { initial: 168, maximum: 168 } as const

/** Size of a WebAssembly page. */
export const PAGE_BYTES = 2 ** 16

/** A compiled module. Its memories have fixed sizes, so views of them stay valid: its own, and those of arenas. */
export interface LoadedModule {
  readonly kernelsFor: KernelsFor
  /** Creates a memory with `extraBytes` after those that the kernels use, and kernels that work on it. */
  createMemory(extraBytes: number): WebAssembly.Memory
}

/** Compiles a module (base64); returns `undefined` if the engine lacks WebAssembly or the instructions that it uses. */
export function loadModule(base64: string): LoadedModule | undefined {
  const bytes = decodeBase64(base64)
  if (typeof WebAssembly !== 'object' || !WebAssembly.validate(bytes)) return undefined
  const module = new WebAssembly.Module(bytes)
  const instantiateOn = (memory: WebAssembly.Memory) => createKernels(instantiate(module, memory), memory)
  const defaultKernels = instantiateOn(new WebAssembly.Memory(MEMORY_PAGES))
  /** The kernels on the memories of arenas, by their buffers. */
  const arenaKernels = new WeakMap<ArrayBufferLike, KernelsFor>()
  return {
    kernelsFor(x, products = 0) {
      const buffer = bufferOf(x)
      return (parallelKernelsFor(bytes, products) ?? (buffer && arenaKernels.get(buffer)) ?? defaultKernels)(
        x,
      )
    },
    createMemory(extraBytes) {
      const pages = MEMORY_PAGES.initial + Math.ceil(extraBytes / PAGE_BYTES)
      const memory = new WebAssembly.Memory({ initial: pages, maximum: pages })
      arenaKernels.set(memory.buffer, instantiateOn(memory))
      return memory
    },
  }
}

/** Returns the exports of a new instance of the module on a memory. */
export const instantiate = (module: WebAssembly.Module, memory: WebAssembly.Memory): WebAssembly.Exports =>
  new WebAssembly.Instance(module, { env: { memory } }).exports

/** Returns the kernels of both dtypes; their scratch memory starts `reservedBytes` after the module's own data. */
export function createKernels(
  exports: WebAssembly.Exports,
  { buffer }: WebAssembly.Memory,
  reservedBytes = 0,
): KernelsFor {
  const start = (exports.scratchStart as WebAssembly.Global).value + reservedBytes
  const single = kernelsOfDtype(exports, new Float32Array(buffer), start)
  const double = kernelsOfDtype(exports, new Float64Array(buffer), start)
  return (x) => (x instanceof Float32Array ? single : double)
}

/** Picks the exports whose names end in the bits of the dtype: `multiply32`, `multiply64`. */
function kernelsOfDtype(exports: WebAssembly.Exports, memory: FloatArray, startAddress: number): Kernels {
  const elementBytes = memory.BYTES_PER_ELEMENT
  const functions = Object.entries(exports)
    .filter(([name]) => name.endsWith(`${8 * elementBytes}`))
    .map(([name, kernel]) => [name.slice(0, -2), kernel])
  const { buffer } = memory
  const views = { memory, buffer, int32: new Int32Array(buffer), uint8: new Uint8Array(buffer) }
  const scratchStart = Math.ceil(startAddress / 64) * (64 / elementBytes)
  const sequential = { pipelineDepth: 1, onComplete: (read: () => void) => read(), flush: () => {} }
  return { ...views, elementBytes, scratchStart, ...sequential, ...Object.fromEntries(functions) } as Kernels
}

/** Decodes base64 in a loop: a callback for each byte takes milliseconds until the engine has optimised it. */
export function decodeBase64(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64)
  const bytes = new Uint8Array(text.length)
  for (let i = 0; i < bytes.length; i++) bytes[i] = text.charCodeAt(i)
  return bytes
}
