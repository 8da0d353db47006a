import type { Backend } from '../backend.ts'
import { arenaWith } from './arena.ts'
import { matmulCsrWith } from './csr.ts'
import { axpyWith, binaryWith, unaryWith } from './elementwise.ts'
import { logSoftmaxWith } from './log-softmax.ts'
import { matmulWith } from './matmul.ts'
import { MODULE } from './module.generated.ts'
import { loadKernels } from './module.ts'
import { reduceWith } from './reduce.ts'

/**
 * The kernels in WebAssembly SIMD, or `undefined` where the engine lacks it. Operands are ordinary arrays; each is
 * copied into scratch memory of a fixed size, block by block, and results are copied out. Compiles on every call
 * (about a millisecond), so call it once.
 */
export function createWasm(name = 'wasm', module = MODULE): Backend | undefined {
  const loaded = loadKernels(module)
  if (!loaded) return undefined
  const { kernelsFor } = loaded
  return {
    name,
    matmul: matmulWith(kernelsFor),
    matmulCsr: matmulCsrWith(kernelsFor),
    unary: unaryWith(kernelsFor),
    binary: binaryWith(kernelsFor),
    reduce: reduceWith(kernelsFor),
    logSoftmax: logSoftmaxWith(kernelsFor),
    axpy: axpyWith(kernelsFor),
    arena: arenaWith(loaded),
  }
}
