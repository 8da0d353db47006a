/** A thread pool: worker threads and this one, which compute together on shared memories; and `setThreads`. */

import { setThreadPools, type ThreadPool } from '../wasm/index.ts'
import { instantiate, MODULE_BYTES, memoryPages, WasmMemory, type WrapKernels } from '../wasm/memory.ts'
import { KERNEL_NAMES, type WasmKernels } from '../wasm/signatures.generated.ts'
import { SPLITS, type Split } from './splits.ts'
import {
  computeRows,
  createQueue,
  kernelList,
  MESSAGES,
  type Message,
  publish,
  REMAINING,
  waitUntilDone,
} from './worker.ts'

/** A worker thread. */
export interface Thread {
  post(message: Message): void
  stop(): unknown
}

/** Starts a thread that receives messages by `createReceiver`. Calls `onExit` with the reason if it ends by itself. */
export type StartThread = (onExit: (reason: string) => void) => Thread

/** Maximum number of threads. */
const MAX_THREADS = 64

/** Size of the memory that each thread has for itself: see `assembly/thread-local.ts`. */
export const THREAD_LOCAL_BYTES = 33_280

/** Minimum time of a call on one thread for which several are faster: the others fetch what this one has just written. */
const MIN_NANOSECONDS = 20_000

interface StoppablePool extends ThreadPool {
  /** Why a thread has ended, if one has. */
  readonly failure: string | undefined
  stop(): void
}

/**
 * Creates a pool of `count` threads, this one among them, for a module. Does not wait for threads that are still starting,
 * or asleep. Shares out calls that would take one thread `minNanoseconds`. If a thread has claimed rows and does not complete
 * them within `timeoutMs`, calls `fail`.
 */
export function createThreadPool(
  bytes: Uint8Array<ArrayBuffer>,
  count: number,
  start: StartThread,
  fail: (reason: string) => never,
  { timeoutMs = 10_000, minNanoseconds = MIN_NANOSECONDS } = {},
): StoppablePool {
  const module = new WebAssembly.Module(withSharedMemory(bytes))
  const queue = createQueue()
  let failure: string | undefined
  /** The workers, once they have been started: with the first job. */
  let threads: Thread[] = []
  /** The memories of which they have to be told then. */
  const known = new Map<number, WebAssembly.Memory>()
  const postToAll = (messageFor: (thread: number) => Message): void => {
    // Counted first: a thread that has received fewer returns to its event loop, and waits there for the others.
    Atomics.add(queue.words, MESSAGES, 1)
    for (const [i, thread] of threads.entries()) thread.post(messageFor(i))
    Atomics.notify(queue.words, REMAINING)
  }
  const postMemory = (memory: WebAssembly.Memory, id: number): void =>
    postToAll((thread) => ({
      kind: 'memory',
      id,
      memory,
      threadLocal: MODULE_BYTES + thread * THREAD_LOCAL_BYTES,
    }))
  const startThreads = (): void => {
    threads = Array.from({ length: count - 1 }, () =>
      start((reason) => {
        failure ??= reason
      }),
    )
    postToAll(() => ({ kind: 'start', module, queue: queue.words.buffer as SharedArrayBuffer }))
    known.forEach(postMemory)
    known.clear()
  }

  const own = new WeakSet<WasmMemory>()
  const dropped = new FinalizationRegistry<number>((id) => {
    if (!known.delete(id)) postToAll(() => ({ kind: 'forget', id }))
  })
  let memories = 0
  const createMemory = (extraBytes: number): WasmMemory => {
    const id = memories++
    const reservedBytes = (count - 1) * THREAD_LOCAL_BYTES
    const pages = memoryPages(extraBytes + reservedBytes)
    const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true })
    const exports = instantiate(module, memory)
    const kernels = kernelList(exports)
    const run = (split: Split, kernel: number, args: readonly number[]): void => {
      if (threads.length === 0 && count > 1) startThreads()
      publish(queue, { ...split, memory: id, kernel, arguments: args, total: args[split.count] }, count)
      computeRows(queue, () => kernels)
      if (!waitUntilDone(queue, timeoutMs)) fail('did not complete its work')
    }
    const created = new WasmMemory(
      bytes,
      exports,
      memory.buffer,
      reservedBytes,
      sharedOut(run, minNanoseconds),
    )
    if (threads.length === 0) known.set(id, memory)
    else postMemory(memory, id)
    own.add(created)
    dropped.register(created, id)
    return created
  }
  const common = createMemory(0)
  return {
    memoryFor: (memory) => (memory && own.has(memory) ? memory : common),
    createMemory,
    get failure() {
      return failure
    },
    stop: () => {
      for (const thread of threads) thread.stop()
    },
  }
}

/** Returns the kernels with those of `SPLITS` replaced: a call that takes long enough becomes a job. */
const sharedOut =
  (
    run: (split: Split, kernel: number, args: readonly number[]) => void,
    minNanoseconds: number,
  ): WrapKernels =>
  (kernels, bits) => {
    const shared: Record<string, unknown> = { ...kernels }
    for (const [name, splitCall] of Object.entries(SPLITS)) {
      const position =
        KERNEL_NAMES.indexOf(name as keyof WasmKernels) + (bits === 64 ? KERNEL_NAMES.length : 0)
      const kernel = kernels[name as keyof WasmKernels] as (...args: number[]) => void
      shared[name] = (...args: number[]) => {
        const plan = splitCall(bits / 8, ...args)
        if (args[plan.count] * plan.nanoseconds < minNanoseconds) kernel(...args)
        else run(plan, position, args)
      }
    }
    return shared as unknown as WasmKernels
  }

/** Returns the module with its imported memory marked as shared: flags 3 in place of 1, after the names and kind of the import. */
function withSharedMemory(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const memoryImport = Array.from('\x03env\x06memory\x02', (letter) => letter.charCodeAt(0))
  const position = bytes.findIndex((_, i) => memoryImport.every((byte, j) => bytes[i + j] === byte))
  const shared = bytes.slice()
  shared[position + memoryImport.length] = 3
  return shared
}

/** The running pools, one for each module in use. */
const pools = new Map<Uint8Array, StoppablePool>()

/** The number of threads in each pool. */
let count = 1

/** Returns the `setThreads` of an engine on which `start` starts threads. */
export const createSetThreads =
  (start: StartThread) =>
  (n: number): void => {
    if (!Number.isInteger(n) || n < 1 || n > MAX_THREADS) {
      throw new RangeError(
        `setThreads: the number of threads must be an integer from 1 to ${MAX_THREADS}, not ${String(n)}`,
      )
    }
    if (n === count) return
    stopAll()
    count = n
    if (n > 1) setThreadPools((module) => poolOf(module, start))
  }

/** Returns the pool of a module, which is created on first use. */
function poolOf(module: Uint8Array<ArrayBuffer>, start: StartThread): ThreadPool {
  let pool = pools.get(module)
  if (pool?.failure) fail(pool.failure)
  if (!pool) {
    pool = createThreadPool(module, count, start, fail)
    pools.set(module, pool)
  }
  return pool
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
  setThreadPools(undefined)
  count = 1
}
