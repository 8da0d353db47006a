/**
 * What all threads run, and the queue by which they share one kernel call. `assembly/build.mjs` bundles this file to the
 * script of a worker thread.
 *
 * A job is a call, to be computed in chunks of rows (or of columns, or of elements). It is written into shared memory; each
 * thread claims the next chunk until none remain, and chunks become smaller towards the end. Whichever thread computes an element runs the same instructions, so the bits do not depend on
 * the number of threads, and a late or busy thread delays nobody.
 */
import { instantiate, instantiateFurther } from '../wasm/memory.ts'
import { KERNEL_NAMES } from '../wasm/signatures.generated.ts'

/** Index of the number of rows that nobody has claimed. Each word that threads wait on has a cache line of its own. */
export const REMAINING = 0
/**
 * Index of the number of the job. Rows are claimed by an exchange of both words, so that nobody who has been interrupted
 * claims rows of a later job by what an earlier one said.
 */
const JOB_NUMBER = 1
/** Index of the number of rows that are not computed yet. */
const PENDING = 16
/** Index of the number of threads that sleep until there are rows. */
export const SLEEPING = 32
/** Index of the number of messages that were posted to each thread. */
export const MESSAGES = 48
/** Index of the first word of the job. Nobody writes it before all rows of the job before are computed. */
const JOB = 64
/** Maximum number of arguments of a kernel. */
const MAX_ARGUMENTS = 16
/** Offset in bytes of the arguments, as 64-bit numbers, and after them of their strides. */
const ARGUMENTS_OFFSET = 512
/** Size of the queue in bytes. */
const QUEUE_BYTES = ARGUMENTS_OFFSET + 16 * MAX_ARGUMENTS

/** Views of the queue's memory. */
export interface Queue {
  readonly words: Int32Array
  /** `REMAINING` and `JOB_NUMBER` as one number of 64 bits. */
  readonly claims: BigInt64Array
  /** The arguments of the job, then their strides. */
  readonly numbers: Float64Array
}

/** A kernel of one dtype, called with numbers. */
export type Kernel = (...numbers: number[]) => unknown

/** One kernel call, as the chunks of `total` rows. */
export interface Job {
  /** Number of the memory, for which each thread has kernels of its own. */
  readonly memory: number
  /** Position of the kernel among those of the memory. */
  readonly kernel: number
  readonly arguments: readonly number[]
  /** What is added to each argument per row; 0 if missing. */
  readonly strides: readonly number[]
  /** Position of the argument that says how many rows are computed. */
  readonly count: number
  readonly total: number
  /** Chunks are multiples of this number of rows. */
  readonly unit: number
}

/** Returns the views of a queue; without a buffer, of a new one. */
export function createQueue(buffer = new SharedArrayBuffer(QUEUE_BYTES)): Queue {
  return {
    words: new Int32Array(buffer, 0, ARGUMENTS_OFFSET / 4),
    claims: new BigInt64Array(buffer, 0, 1),
    numbers: new Float64Array(buffer, ARGUMENTS_OFFSET),
  }
}

/** Writes a job for `threads` threads, then announces its rows and wakes sleeping threads. */
export function publish({ words, numbers }: Queue, job: Job, threads: number): void {
  const { length } = job.arguments
  words.set([job.kernel, job.memory, threads, job.unit, job.total, job.count, length], JOB)
  for (let i = 0; i < length; i++) {
    numbers[i] = job.arguments[i]
    numbers[MAX_ARGUMENTS + i] = job.strides[i] ?? 0
  }
  Atomics.store(words, PENDING, job.total)
  Atomics.add(words, JOB_NUMBER, 1)
  Atomics.store(words, REMAINING, job.total)
  if (Atomics.load(words, SLEEPING) > 0) Atomics.notify(words, REMAINING)
}

/**
 * Claims and computes chunks of rows until none remain. `kernelsOf` returns a thread's own kernels of a memory; if it has
 * none, returns at once.
 */
export function computeRows(
  { words, claims, numbers }: Queue,
  kernelsOf: (memory: number) => readonly Kernel[] | undefined,
): void {
  for (;;) {
    const claim = Atomics.load(claims, 0)
    const remaining = Number(BigInt.asIntN(32, claim))
    if (remaining <= 0) return
    const word = (i: number): number => words[JOB + i]
    const [kernel, memory, threads, unit, total, count, length] = [0, 1, 2, 3, 4, 5, 6].map(word)
    const compute = kernelsOf(memory)?.[kernel]
    if (!compute) return
    const claimed = Math.min(remaining, Math.ceil(remaining / (2 * threads * unit)) * unit)
    if (Atomics.compareExchange(claims, 0, claim, claim - BigInt(claimed)) !== claim) continue
    const row = total - remaining
    const values: number[] = []
    for (let i = 0; i < length; i++) {
      values.push(i === count ? claimed : numbers[i] + row * numbers[MAX_ARGUMENTS + i])
    }
    compute(...values)
    if (Atomics.sub(words, PENDING, claimed) === claimed) Atomics.notify(words, PENDING)
  }
}

/** Whether this thread may block: the main thread of a page may not. */
const canBlock = typeof document === 'undefined'

/** Number of rounds of waiting into which a timeout is divided. */
const WAIT_ROUNDS = 100

/** Time that a thread which may block spins in each round before it sleeps. */
const SPIN_BEFORE_SLEEP_MS = 0.1

/**
 * Waits until all claimed rows are computed; returns false after `timeoutMs`. Counts rounds of waiting instead of
 * reading the clock, which also advances while the whole process is suspended.
 */
export function waitUntilDone({ words }: Queue, timeoutMs: number): boolean {
  const roundMs = timeoutMs / WAIT_ROUNDS
  for (let i = 0; i < WAIT_ROUNDS; i++) {
    if (spinUntil(() => Atomics.load(words, PENDING) === 0, canBlock ? SPIN_BEFORE_SLEEP_MS : roundMs)) {
      return true
    }
    const pending = Atomics.load(words, PENDING)
    if (canBlock && pending > 0) Atomics.wait(words, PENDING, pending, roundMs)
  }
  return false
}

/** Tests a condition again and again until it holds; returns false after the given time. */
export function spinUntil(condition: () => boolean, milliseconds: number): boolean {
  const end = performance.now() + milliseconds
  do {
    // A hundred tests per reading of the clock, which is slower.
    for (let i = 0; i < 100; i++) if (condition()) return true
  } while (performance.now() < end)
  return false
}

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
  /** A further module works on this memory, with scratch memory for the thread. */
  | {
      readonly kind: 'extend'
      readonly id: number
      readonly memory: WebAssembly.Memory
      readonly module: WebAssembly.Module
      readonly names: readonly string[]
      readonly scratch: number
    }
  /** There will be no more jobs on this memory. */
  | { readonly kind: 'forget'; readonly id: number }

/** Time to spin for the next job before sleeping: longer than the pauses between the products of a training step. */
const SPIN_MS = 2

/** Returns all kernels of an instance, first those of float32, in the order of `names`. */
export const kernelList = (exports: WebAssembly.Exports, names: readonly string[] = KERNEL_NAMES): Kernel[] =>
  [32, 64].flatMap((bits) => names.map((name) => exports[name + bits] as Kernel))

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
    } else if (message.kind === 'extend') {
      const exports = instantiateFurther(message.module, message.memory, message.scratch)
      memories.get(message.id)?.push(...kernelList(exports, message.names))
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
