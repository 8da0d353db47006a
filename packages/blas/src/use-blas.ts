/** `useBlas`: matrix products by an installed BLAS. */
import process from 'node:process'
import { backend, setBackend } from '@gosa/linalg'
import type { Backend } from '@gosa/linalg/kernels'
import { checkOptions } from '@gosa/linalg/options'
import { type Blas, findBlas } from './libraries.ts'

export interface UseBlasOptions {
  /** File name or path of the library, such as `libmkl_rt.so.2`; by default the first of the usual ones that is found. */
  library?: string
  /** Number of threads of a product, 1 by default: more pay off from matrices of about 512 × 512 on. */
  threads?: number
}

/** What `useBlas` found, and the way back. */
export interface BlasInUse {
  /** `OpenBLAS`, `BLIS`, `MKL`, `Accelerate`, or `BLAS` for another library. */
  readonly name: string
  /** As the library tells it; empty if it does not. */
  readonly version: string
  /** The file that was loaded. */
  readonly library: string
  /** Number of threads of a product; undefined if the library has no function that sets it, so that it decides. */
  readonly threads: number | undefined
  /** Sets the backend that was in use before. */
  restore(): void
}

/** Constants of CBLAS. */
const ROW_MAJOR = 101
const NO_TRANSPOSE = 111
const TRANSPOSE = 112

/** Sizes are 32-bit integers in C. */
const MAX_SIZE = 2 ** 31 - 1

/** Of each backend of ours: the backend whose other kernels it uses, and how its number of threads is set again. */
const created = new WeakMap<Backend, { base: Backend; setThreads: () => void }>()

/**
 * Makes `matmul` call an installed BLAS (`sgemm`, `dgemm`) for the whole program, from the next operation on; all other
 * kernels stay those of the backend in use. The bits of results depend on the library, its version and the processor.
 *
 *     const blas = useBlas()
 *     console.log(`${blas.name} ${blas.version}`) // OpenBLAS 0.3.21
 *     …
 *     blas.restore()
 *
 * Throws an `Error` that names what was tried and what to install if there is no BLAS; a `RangeError` for a number of threads
 * that is no integer from 1 to 1024; a `TypeError` for other options.
 */
export function useBlas(options: UseBlasOptions = {}): BlasInUse {
  checkOptions('useBlas', options, ['library', 'threads'])
  const { library, threads = 1 } = options
  if (library !== undefined && typeof library !== 'string') {
    throw new TypeError(`useBlas: library must be the name or the path of a file, not ${String(library)}`)
  }
  if (!Number.isInteger(threads) || threads < 1 || threads > 1024) {
    throw new RangeError(`useBlas: threads must be an integer from 1 to 1024, not ${String(threads)}`)
  }
  const blas = findBlas(library, process.platform)
  const setThreads = () => blas.setThreads?.(threads)
  setThreads()
  const former = backend()
  const base = created.get(former)?.base ?? former
  const own: Backend = { ...base, name: 'blas', matmul: createMatmul(blas, base) }
  created.set(own, { base, setThreads })
  setBackend(own)
  return {
    name: blas.name,
    version: blas.version,
    library: blas.library,
    threads: blas.setThreads && threads,
    restore() {
      created.get(former)?.setThreads()
      setBackend(former)
    },
  }
}

function createMatmul({ sgemm, dgemm }: Blas, base: Backend): Backend['matmul'] {
  return (a, b, out, size, transpose) => {
    const { m, k, n } = size
    // The standard leaves products without elements, and leading dimensions of 0, to the library.
    if (m * k * n === 0 || Math.max(m, k, n) > MAX_SIZE) return base.matmul(a, b, out, size, transpose)
    const gemm = out instanceof Float32Array ? sgemm : dgemm
    gemm(
      ROW_MAJOR,
      transpose.a ? TRANSPOSE : NO_TRANSPOSE,
      transpose.b ? TRANSPOSE : NO_TRANSPOSE,
      m,
      n,
      k,
      1,
      a,
      transpose.a ? m : k,
      b,
      transpose.b ? k : n,
      0,
      out,
      n,
    )
  }
}
