/** A thread pool: worker threads and this one, which compute products together on one shared memory. */
import type { KernelsFor } from '../wasm/kernels.ts'
import { createKernels, instantiate, MEMORY_PAGES } from '../wasm/module.ts'
import { computeRows, productKernels, publish, QUEUE_WORDS, waitUntilDone } from './job-queue.ts'
import { type JobQueue, parallelKernels } from './parallel-kernels.ts'
import type { WorkerInit } from './worker.ts'

/** Starts a thread that runs `work`; returns a function that stops it. Calls `onExit` with the reason if it ends by itself. */
export type StartThread = (init: WorkerInit, onExit: (reason: string) => void) => () => unknown

/** Threads that compute together on one memory. */
export interface ThreadPool {
  readonly kernelsFor: KernelsFor
  /** Why a thread has ended, if one has. */
  readonly failure: string | undefined
  stop(): void
}

/** Size of the thread-local memory: see `assembly/thread-local.ts`. */
const THREAD_LOCAL_BYTES = 256

/**
 * Creates the kernels of a module on a memory that `count` threads share, this one among them; their products are computed
 * in parallel. Does not wait for threads that are still starting, or asleep. If a thread has claimed rows and does not
 * complete them within `timeoutMs`, calls `fail`.
 */
export function createThreadPool(
  bytes: Uint8Array<ArrayBuffer>,
  count: number,
  start: StartThread,
  fail: (reason: string) => never,
  timeoutMs = 10_000,
): ThreadPool {
  const module = new WebAssembly.Module(withSharedMemory(bytes))
  const memory = new WebAssembly.Memory({ ...MEMORY_PAGES, shared: true })
  const words = new Int32Array(new SharedArrayBuffer(4 * QUEUE_WORDS))
  const exports = instantiate(module, memory)
  const kernels = productKernels(exports)
  const waitForAll = (): void => {
    computeRows(words, kernels, 0)
    if (!waitUntilDone(words, timeoutMs)) fail('did not complete its work')
  }
  let completion = (): void => {}
  const runCompletion = (): void => {
    completion()
    completion = () => {}
  }
  const queue: JobQueue = {
    begin: (job) => {
      waitForAll()
      publish(words, job, count)
      runCompletion()
    },
    onComplete: (read) => {
      completion = read
    },
    flush: () => {
      waitForAll()
      runCompletion()
    },
  }
  const kernelsFor = createKernels(exports, memory, (count - 1) * THREAD_LOCAL_BYTES)
  const single = parallelKernels(kernelsFor(new Float32Array()), queue)
  const double = parallelKernels(kernelsFor(new Float64Array()), queue)

  let failure: string | undefined
  const onExit = (reason: string) => {
    failure ??= reason
  }
  const scratchStart = (exports.scratchStart as WebAssembly.Global).value
  const stops = Array.from({ length: count - 1 }, (_, i) => {
    const threadLocal = scratchStart + i * THREAD_LOCAL_BYTES
    return start({ module, memory, words, thread: i + 1, threadLocal }, onExit)
  })
  return {
    kernelsFor: (x) => (x instanceof Float32Array ? single : double),
    get failure() {
      return failure
    },
    stop: () => {
      for (const stop of stops) stop()
    },
  }
}

/** Returns the module with its imported memory marked as shared: flags 3 in place of 1, after the names and kind of the import. */
function withSharedMemory(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const memoryImport = Array.from('\x03env\x06memory\x02', (letter) => letter.charCodeAt(0))
  const position = bytes.findIndex((_, i) => memoryImport.every((byte, j) => bytes[i + j] === byte))
  const shared = bytes.slice()
  shared[position + memoryImport.length] = 3
  return shared
}
