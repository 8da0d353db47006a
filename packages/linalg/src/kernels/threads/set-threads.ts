/** `createSetThreads`: the `setThreads` of `@gosa/linalg/node` and `@gosa/linalg/browser`, which start threads differently. */
import type { KernelsFor } from '../wasm/kernels.ts'
import { setParallelKernels } from '../wasm/parallel.ts'
import { createThreadPool, type StartThread, type ThreadPool } from './thread-pool.ts'

/** Maximum number of threads: the scratch memory of more would not fit into the shared memory. */
const MAX_THREADS = 64

/** The running thread pools, one for each module in use. */
const pools = new Map<Uint8Array, ThreadPool>()

/** The number of threads in each pool. */
let count = 1

/** Returns the `setThreads` of an engine on which `start` starts threads. */
export const createSetThreads =
  (start: StartThread) =>
  (n: number): void => {
    if (!Number.isInteger(n) || n < 1 || n > MAX_THREADS) {
      throw new RangeError(
        `setThreads: the number of threads must be an integer from 1 to ${MAX_THREADS}, not ${n}`,
      )
    }
    if (n === count) return
    stopAll()
    count = n
    if (n > 1) setParallelKernels((module) => poolKernels(module, start))
  }

/** Returns the kernels of a module's pool, which is created on first use. */
function poolKernels(module: Uint8Array<ArrayBuffer>, start: StartThread): KernelsFor {
  let pool = pools.get(module)
  if (pool?.failure) fail(pool.failure)
  if (!pool) {
    pool = createThreadPool(module, count, start, fail)
    pools.set(module, pool)
  }
  return pool.kernelsFor
}

function fail(reason: string): never {
  const n = count
  stopAll()
  throw new Error(
    `setThreads: one of ${n} threads ${reason}; one thread computes from now on, until setThreads is called again`,
  )
}

function stopAll(): void {
  for (const pool of pools.values()) pool.stop()
  pools.clear()
  setParallelKernels(undefined)
  count = 1
}
