/** `createWasm`: the backend in WebAssembly SIMD. */
import type { Backend } from '../backend.ts'
import { createArenaFactory } from './arena.ts'
import { createMatmulCsr } from './csr.ts'
import { createAxpy, createBinary, createUnary } from './elementwise.ts'
import { createLogSoftmax } from './log-softmax.ts'
import { createMatmul } from './matmul.ts'
import { MODULE } from './module.generated.ts'
import { loadModule } from './module.ts'
import { createReduce } from './reduce.ts'

/**
 * Returns the backend in WebAssembly SIMD, or `undefined` if the engine lacks it. Operands are ordinary arrays; each is
 * copied block by block into scratch memory of a fixed size, and results are copied out. Compiles on every call (about a
 * millisecond), so call it once.
 */
export function createWasm(name = 'wasm', module = MODULE): Backend | undefined {
  const loaded = loadModule(module)
  if (!loaded) return undefined
  const { kernelsFor } = loaded
  return {
    name,
    matmul: createMatmul(kernelsFor),
    matmulCsr: createMatmulCsr(kernelsFor),
    unary: createUnary(kernelsFor),
    binary: createBinary(kernelsFor),
    reduce: createReduce(kernelsFor),
    logSoftmax: createLogSoftmax(kernelsFor),
    axpy: createAxpy(kernelsFor),
    arena: createArenaFactory(loaded),
  }
}
