/** A thread pool: worker threads and this one, which compute together on shared memories; and `setThreads`. */

import { setThreadPools, type ThreadPool } from '../wasm/index.ts'
import {
  type Extend,
  FURTHER_SCRATCH_BYTES,
  instantiate,
  instantiateFurther,
  type KernelModule,
  kernelsOf,
  MODULE_BYTES,
  memoryPages,
  WasmMemory,
} from '../wasm/memory.ts'
import { KERNEL_NAMES } from '../wasm/signatures.generated.ts'
import type { Split, SplitCall } from '../wasm/split.ts'
import { SPLITS } from './splits.ts'
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

/** The same with scratch memory for further modules. */
const THREAD_BYTES = THREAD_LOCAL_BYTES + FURTHER_SCRATCH_BYTES

/** Returns where the memory of a worker thread for itself begins: after the module's data, and the scratch memory of this one. */
const threadAddress = (thread: number): number => MODULE_BYTES + FURTHER_SCRATCH_BYTES + thread * THREAD_BYTES

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
  /** What they have to be told of the memories then. */
  const known = new Map<number, ((thread: number) => Message)[]>()
  const postToAll = (messageFor: (thread: number) => Message): void => {
    // Counted first: a thread that has received fewer returns to its event loop, and waits there for the others.
    Atomics.add(queue.words, MESSAGES, 1)
    for (const [i, thread] of threads.entries()) thread.post(messageFor(i))
    Atomics.notify(queue.words, REMAINING)
  }
  /** Tells the threads about a memory, when they have been started. */
  const tell = (id: number, messageFor: (thread: number) => Message): void => {
    if (threads.length > 0) postToAll(messageFor)
    else known.set(id, [...(known.get(id) ?? []), messageFor])
  }
  const modules = new Map<KernelModule, WebAssembly.Module>()
  const compiled = (further: KernelModule): WebAssembly.Module => {
    const module = modules.get(further) ?? new WebAssembly.Module(withSharedMemory(further.decode()))
    modules.set(further, module)
    return module
  }
  const startThreads = (): void => {
    threads = Array.from({ length: count - 1 }, () =>
      start((reason) => {
        failure ??= reason
      }),
    )
    postToAll(() => ({ kind: 'start', module, queue: queue.words.buffer as SharedArrayBuffer }))
    for (const messages of known.values()) messages.forEach(postToAll)
    known.clear()
  }

  const own = new WeakSet<WasmMemory>()
  const dropped = new FinalizationRegistry<number>((id) => {
    if (!known.delete(id)) postToAll(() => ({ kind: 'forget', id }))
  })
  let memories = 0
  const createMemory = (extraBytes: number): WasmMemory => {
    const id = memories++
    const reservedBytes = (count - 1) * THREAD_BYTES
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
    const extend: Extend = (further) => {
      const { names, splits } = further
      const first = kernels.length
      const module = compiled(further)
      const instance = instantiateFurther(module, memory, MODULE_BYTES)
      kernels.push(...kernelList(instance, names))
      tell(id, (thread) => ({
        kind: 'extend',
        id,
        memory,
        module,
        names,
        scratch: threadAddress(thread) + THREAD_LOCAL_BYTES,
      }))
      const wrap = sharedOut(run, minNanoseconds, names, splits, first)
      return [wrap(kernelsOf(instance, 32, names), 32), wrap(kernelsOf(instance, 64, names), 64)]
    }
    const wrap = sharedOut(run, minNanoseconds, KERNEL_NAMES, SPLITS, 0)
    const created = new WasmMemory(bytes, exports, memory.buffer, extend, reservedBytes, wrap)
    tell(id, (thread) => ({ kind: 'memory', id, memory, threadLocal: threadAddress(thread) }))
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

/**
 * Returns the kernels with those of `splits` replaced: a call that takes long enough becomes a job. `first` is the position of
 * the first kernel in the list of the memory.
 */
const sharedOut =
  (
    run: (split: Split, kernel: number, args: readonly number[]) => void,
    minNanoseconds: number,
    names: readonly string[],
    splits: Readonly<Record<string, SplitCall | undefined>>,
    first: number,
  ) =>
  <K>(kernels: K, bits: 32 | 64): K => {
    const shared = { ...kernels } as Record<string, unknown>
    for (const [name, splitCall] of Object.entries(splits)) {
      if (!splitCall) continue
      const position = first + names.indexOf(name) + (bits === 64 ? names.length : 0)
      const kernel = shared[name] as (...args: number[]) => void
      shared[name] = (...args: number[]) => {
        const plan = splitCall(bits / 8, ...args)
        if (args[plan.count] * plan.nanoseconds < minNanoseconds) kernel(...args)
        else run(plan, position, args)
      }
    }
    return shared as K
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
