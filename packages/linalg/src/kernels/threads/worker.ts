/** What a worker thread runs: `assembly/build.mjs` bundles this file to a script. */
import { instantiate } from '../wasm/module.ts'
import { computeRows, productKernels, REMAINING, SLEEPING, spinUntil } from './job-queue.ts'

/** What a worker thread is given at its start. */
export interface WorkerInit {
  readonly module: WebAssembly.Module
  readonly memory: WebAssembly.Memory
  /** The job queue. */
  readonly words: Int32Array
  /** Number of the thread, from 1; 0 is the thread that publishes jobs. */
  readonly thread: number
  /** Address of its thread-local memory: see `assembly/thread-local.ts`. */
  readonly threadLocal: number
}

/** Time to spin for the next job before sleeping: longer than the pauses between the products of a training step. */
const SPIN_MS = 2

/** Computes rows of jobs, spins for the next job, and sleeps if none comes; repeats while `isActive`. */
export function work(
  { module, memory, words, thread, threadLocal }: WorkerInit,
  isActive: () => boolean = () => true,
): void {
  const exports = instantiate(module, memory)
  const setThreadLocal = exports.setThreadLocal as (address: number) => void
  setThreadLocal(threadLocal)
  const kernels = productKernels(exports)
  while (isActive()) {
    computeRows(words, kernels, thread)
    if (!spinUntil(words, REMAINING, (remaining) => remaining > 0, SPIN_MS)) sleep(words)
  }
}

/** Sleeps until there are rows. Counts itself as sleeping before it checks for rows, so that no wake-up is missed. */
function sleep(words: Int32Array): void {
  Atomics.add(words, SLEEPING, 1)
  const remaining = Atomics.load(words, REMAINING)
  if (remaining <= 0) Atomics.wait(words, REMAINING, remaining)
  Atomics.sub(words, SLEEPING, 1)
}
