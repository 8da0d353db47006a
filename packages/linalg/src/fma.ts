import type { Backend } from './kernels/backend.ts'
import { createWasm } from './kernels/wasm/index.ts'
import { MODULE } from './kernels/wasm/module-fma.generated.ts'

/**
 * The `wasm` backend with fused multiply-add (relaxed SIMD) in its products: faster, and each step rounded once in
 * place of twice. In exchange the bits depend on the processor, so it must be asked for:
 *
 *     import { fma } from '@gosa/linalg/fma'
 *     setBackend(fma())
 *
 * Throws an `Error` where the engine has no relaxed SIMD: Node has it from version 22 on, before that with
 * `--experimental-wasm-relaxed-simd`.
 */
export function fma(): Backend {
  const backend = createWasm('wasm-fma', MODULE)
  if (backend) return backend
  throw new Error(
    'fma: this engine has no relaxed SIMD; Node has it from version 22 on, before that with --experimental-wasm-relaxed-simd',
  )
}
