/**
 * The queue by which threads share one product. A job is one call of a product kernel, to be computed in chunks of rows
 * or columns. It is written into 32-bit words of shared memory; each thread claims the next chunk until none remain, and
 * chunks become smaller towards the end. Whichever thread computes an element runs the same instructions, so the bits do
 * not depend on the number of threads, and a late or busy thread delays nobody.
 */

/** Index of the number of rows that nobody has claimed. Each word that threads wait on has a cache line of its own. */
export const REMAINING = 0
/** Index of the number of rows that are not computed yet. */
const PENDING = 16
/** Index of the number of threads that sleep until there are rows. */
export const SLEEPING = 32
/**
 * Index of the first word of the job. Nobody writes it before all rows are computed; a thread that has not claimed a chunk
 * may read words of the next job.
 */
const JOB = 48
/** Size of the queue in 32-bit words. */
export const QUEUE_WORDS = 80

/** The kernels that can be jobs, in the order of their codes. */
const PRODUCT_KERNELS = ['multiply', 'multiplyRows', 'multiplyColumns', 'multiplyCsr', 'multiplyCsc'] as const

/** The signature by which all of them are called; each ignores the arguments that it does not have. */
type ProductKernel = (...numbers: number[]) => void

/** Placeholder among the arguments of a job for the number of claimed rows or columns. */
export const CLAIMED = -1

/** One call of a product kernel, as the chunks of `total` rows or columns. */
export interface Job {
  readonly kernel: (typeof PRODUCT_KERNELS)[number]
  readonly isFloat64: boolean
  /** Number of rows or columns. */
  readonly total: number
  /** Chunks are multiples of this number of rows or columns. */
  readonly unit: number
  /** First three arguments of the kernel: addresses, with the bytes by which each advances per row or column. */
  readonly a: number
  readonly aStride?: number
  readonly b: number
  readonly bStride?: number
  readonly c: number
  readonly cStride: number
  /** The next arguments, at most five. */
  readonly integers: readonly number[]
  /** The argument after five: address of the scratch memory, with its size per thread in bytes. */
  readonly scratch?: number
  readonly scratchStride?: number
}

/** Writes a job for `threads` threads, then announces its rows and wakes sleeping threads. */
export function publish(words: Int32Array, job: Job, threads: number): void {
  const { a, aStride = 0, b, bStride = 0, c, cStride, scratch = 0, scratchStride = 0, total, unit } = job
  const code = 2 * PRODUCT_KERNELS.indexOf(job.kernel) + Number(job.isFloat64)
  words.set([code, total, threads, unit, a, aStride, b, bStride, c, cStride, scratch, scratchStride], JOB)
  words.set(job.integers, JOB + 12)
  Atomics.store(words, PENDING, total)
  Atomics.store(words, REMAINING, total)
  if (Atomics.load(words, SLEEPING) > 0) Atomics.notify(words, REMAINING)
}

/** Returns the product kernels of a module by their codes. */
export const productKernels = (exports: WebAssembly.Exports): ProductKernel[] =>
  PRODUCT_KERNELS.flatMap((name) => [
    exports[`${name}32`] as ProductKernel,
    exports[`${name}64`] as ProductKernel,
  ])

/** Claims and computes chunks of rows until none remain. */
export function computeRows(words: Int32Array, kernels: readonly ProductKernel[], thread: number): void {
  const job = (i: number) => words[JOB + i]
  let remaining = Atomics.load(words, REMAINING)
  for (; remaining > 0; remaining = Atomics.load(words, REMAINING)) {
    const [threads, unit] = [job(2), job(3)]
    const claimed = Math.min(remaining, Math.ceil(remaining / (2 * threads * unit)) * unit)
    if (Atomics.compareExchange(words, REMAINING, remaining, remaining - claimed) !== remaining) continue
    const row = job(1) - remaining
    const integer = (i: number) => (job(i) === CLAIMED ? claimed : job(i))
    kernels[job(0)](
      job(4) + row * job(5),
      job(6) + row * job(7),
      job(8) + row * job(9),
      integer(12),
      integer(13),
      integer(14),
      integer(15),
      integer(16),
      job(10) + thread * job(11),
    )
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
export function waitUntilDone(words: Int32Array, timeoutMs: number): boolean {
  const roundMs = timeoutMs / WAIT_ROUNDS
  for (let i = 0; i < WAIT_ROUNDS; i++) {
    if (spinUntil(words, PENDING, (pending) => pending === 0, canBlock ? SPIN_BEFORE_SLEEP_MS : roundMs)) {
      return true
    }
    const pending = Atomics.load(words, PENDING)
    if (canBlock && pending > 0) Atomics.wait(words, PENDING, pending, roundMs)
  }
  return false
}

/** Reads a word again and again until a condition holds; returns false after the given time. */
export function spinUntil(
  words: Int32Array,
  index: number,
  condition: (word: number) => boolean,
  milliseconds: number,
): boolean {
  const end = performance.now() + milliseconds
  do {
    // A hundred reads per reading of the clock, which is slower.
    for (let i = 0; i < 100; i++) if (condition(Atomics.load(words, index))) return true
  } while (performance.now() < end)
  return false
}
