import type { KernelsFor } from '../wasm/kernels.ts'
import { instantiate, kernelsIn, MEMORY } from '../wasm/module.ts'
import { areDone, productsOf, publish, takeRows, WORDS } from './job-queue.ts'
import { type Jobs, sharedOut } from './parallel-kernels.ts'
import type { Assignment } from './worker.ts'

/** Starts a thread that does `work`; answers how to end it. `ended` is to be called when it ends of itself. */
export type StartThread = (assignment: Assignment, ended: (reason: string) => void) => () => unknown

/** Threads that work together on one memory. */
export interface Team {
  readonly kernelsFor: KernelsFor
  /** Why a thread is missing, if one is. */
  readonly failure: string | undefined
  stop(): void
}

/** Bytes that each thread alone writes: see `assembly/own.ts`. */
const OWN = 256

/**
 * The kernels of a module on a memory that `count` threads share, this one among them. Those that compute products are
 * shared out. Threads that are not ready yet, or asleep, are not waited for; where one has taken rows and does not
 * finish them for `patience` milliseconds, `fail` is called.
 */
export function createTeam(
  bytes: Uint8Array<ArrayBuffer>,
  count: number,
  start: StartThread,
  fail: (reason: string) => never,
  patience = 10_000,
): Team {
  const module = new WebAssembly.Module(withSharedMemory(bytes))
  const memory = new WebAssembly.Memory({ ...MEMORY, shared: true })
  const words = new Int32Array(new SharedArrayBuffer(4 * WORDS))
  const exports = instantiate(module, memory)
  const products = productsOf(exports)
  const complete = (): void => {
    takeRows(words, products, 0)
    if (!areDone(words, patience)) fail('does not finish its work')
  }
  let read = (): void => {}
  const handOver = (): void => {
    read()
    read = () => {}
  }
  const jobs: Jobs = {
    begin: (job) => {
      complete()
      publish(words, job, count)
      handOver()
    },
    whenDone: (then) => {
      read = then
    },
    finish: () => {
      complete()
      handOver()
    },
  }
  const kernelsFor = kernelsIn(exports, memory, (count - 1) * OWN)
  const single = sharedOut(kernelsFor(new Float32Array()), jobs)
  const double = sharedOut(kernelsFor(new Float64Array()), jobs)

  let failure: string | undefined
  const ended = (reason: string) => {
    failure ??= reason
  }
  const scratch = (exports.scratch as WebAssembly.Global).value
  const stops = Array.from({ length: count - 1 }, (_, i) =>
    start({ module, memory, words, thread: i + 1, own: scratch + i * OWN }, ended),
  )
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

/** The module with its memory shared: 3 in place of 1 behind the memory's names and kind, among the imports. */
function withSharedMemory(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const before = Array.from('\x03env\x06memory\x02', (letter) => letter.charCodeAt(0))
  const at = bytes.findIndex((_, i) => before.every((byte, j) => bytes[i + j] === byte))
  const shared = bytes.slice()
  shared[at + before.length] = 3
  return shared
}
