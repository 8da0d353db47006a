/** The hook by which `threads/` replaces the kernels for large products; without it no code of threads is loaded. */
import type { KernelsFor } from './kernels.ts'

/** Returns kernels that compute on several threads, for a module (always the same ones for the same module). */
export type ParallelKernels = (module: Uint8Array<ArrayBuffer>) => KernelsFor

/**
 * Minimum number of scalar products for which several threads are faster than one, about 100 µs of work: each thread has
 * to fetch what this one has just copied in from the cache of its core.
 */
const MIN_PARALLEL_PRODUCTS = 2_000_000

let parallelKernels: ParallelKernels | undefined

/** Sets the kernels that compute on several threads, or removes them. Called by `threads/` alone. */
export function setParallelKernels(kernels: ParallelKernels | undefined): void {
  parallelKernels = kernels
}

/** Returns the kernels of several threads for work of `products` scalar products, if there are threads and it is enough. */
export const parallelKernelsFor = (
  module: Uint8Array<ArrayBuffer>,
  products: number,
): KernelsFor | undefined =>
  parallelKernels && products >= MIN_PARALLEL_PRODUCTS ? parallelKernels(module) : undefined
