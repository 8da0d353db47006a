/** What a worker thread runs: `assembly/build.mjs` bundles this file to a script. */
import { instantiate } from '../wasm/module.ts'
import { KERNEL_NAMES } from '../wasm/signatures.generated.ts'
import {
  computeRows,
  createQueue,
  type Kernel,
  MESSAGES,
  type Queue,
  REMAINING,
  SLEEPING,
  spinUntil,
} from './queue.ts'

/** A message to a worker thread. */
export type Message =
  /** The first one. */
  | { readonly kind: 'start'; readonly module: WebAssembly.Module; readonly queue: SharedArrayBuffer }
  /** From now on there are jobs on this memory; `threadLocal` is the thread's part of it (`assembly/thread-local.ts`). */
  | {
      readonly kind: 'memory'
      readonly id: number
      readonly memory: WebAssembly.Memory
      readonly threadLocal: number
    }
  /** There will be no more jobs on this memory. */
  | { readonly kind: 'forget'; readonly id: number }

/** Time to spin for the next job before sleeping: longer than the pauses between the products of a training step. */
const SPIN_MS = 2

/** Returns all kernels of an instance, first those of float32, in the order of `KERNEL_NAMES`. */
export const kernelList = (exports: WebAssembly.Exports): Kernel[] =>
  [32, 64].flatMap((bits) => KERNEL_NAMES.map((name) => exports[name + bits] as Kernel))

/** Returns the function that receives the messages of a thread; it computes until the next message is posted. */
export function createReceiver(isActive: () => boolean = () => true): (message: Message) => void {
  const memories = new Map<number, Kernel[]>()
  let module: WebAssembly.Module
  let queue: Queue
  let received = 0
  return (message) => {
    if (message.kind === 'start') {
      module = message.module
      queue = createQueue(message.queue)
    } else if (message.kind === 'memory') {
      const exports = instantiate(module, message.memory)
      const setThreadLocal = exports.setThreadLocal as (address: number) => void
      setThreadLocal(message.threadLocal)
      memories.set(message.id, kernelList(exports))
    } else {
      memories.delete(message.id)
    }
    received++
    work(
      queue,
      (id) => memories.get(id),
      () => isActive() && Atomics.load(queue.words, MESSAGES) === received,
    )
  }
}

/** Computes rows of jobs, spins for the next job, and sleeps if none comes; repeats while `isActive`. */
function work(
  queue: Queue,
  kernelsOf: (memory: number) => Kernel[] | undefined,
  isActive: () => boolean,
): void {
  const { words } = queue
  while (isActive()) {
    computeRows(queue, kernelsOf)
    if (!spinUntil(() => Atomics.load(words, REMAINING) > 0 || !isActive(), SPIN_MS)) sleep(words)
  }
}

/** Sleeps until there are rows. Counts itself as sleeping before it checks for rows, so that no wake-up is missed. */
function sleep(words: Int32Array): void {
  Atomics.add(words, SLEEPING, 1)
  const remaining = Atomics.load(words, REMAINING)
  if (remaining <= 0) Atomics.wait(words, REMAINING, remaining)
  Atomics.sub(words, SLEEPING, 1)
}
