/** The kernels for images of a backend. */
import type { Backend } from '../kernels/backend.ts'
import type { WasmMemory } from '../kernels/wasm/memory.ts'
import type { ImageKernels } from './kernels.ts'
import { reference } from './reference.ts'
import { createImageKernels } from './wasm.ts'

const created = new WeakMap<Backend, ImageKernels>()

/** Returns the kernels in WebAssembly if the backend has memories for them, else the reference. */
export function imageKernelsOf(backend: Backend): ImageKernels {
  const known = created.get(backend)
  if (known) return known
  const { memoryFor } = backend
  const kernels = memoryFor ? createImageKernels((x) => memoryFor(x) as WasmMemory) : reference
  created.set(backend, kernels)
  return kernels
}
