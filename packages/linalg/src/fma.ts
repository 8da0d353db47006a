/** `@gosa/linalg/fma`: the backend with fused multiply-add. */
import type { Backend } from './kernels/backend.ts'
import { createWasm } from './kernels/wasm/index.ts'
import { MODULE } from './kernels/wasm/module-fma.generated.ts'

/**
 * Returns the `wasm` backend with fused multiply-add (relaxed SIMD) in its products: faster, and each step is rounded once
 * instead of twice. The bits depend on the processor, so it is an explicit choice:
 *
 *     import { fma } from '@gosa/linalg/fma'
 *     setBackend(fma())
 *
 * Throws an `Error` if the engine lacks relaxed SIMD: Node has it from version 22 on, before that with
 * `--experimental-wasm-relaxed-simd`.
 */
export function fma(): Backend {
  const backend = createWasm('wasm-fma', MODULE)
  if (backend) return backend
  throw new Error(
    'fma: this engine lacks relaxed SIMD; Node has it from version 22 on, before that with --experimental-wasm-relaxed-simd',
  )
}
