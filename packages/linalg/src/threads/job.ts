/**
 * A job is one call of a product's kernel, cut by the rows of its result into parts. It is written into words that all
 * threads share; each thread takes the next part until none is left. Every element is thus computed by the same
 * instructions, whoever computes it, and a thread that is late, or busy elsewhere, holds nobody up.
 */

/** How many parts nobody has taken yet; on a cache line of its own, as is each word on which threads wait. */
export const LEFT = 0
/** How many parts are not done yet. */
const UNDONE = 16
/** How many threads sleep until there are parts. */
export const ASLEEP = 32
/** The job. Nobody writes it before all parts are done, nor reads it before having taken one. */
const JOB = 48
/** So many words are shared. */
export const WORDS = 64

/** A kernel as all products' kernels are called here; they leave out what they do not need. */
type Product = (...numbers: number[]) => void

/** The kernels that are shared out, in the order of their numbers. */
const PRODUCTS = ['multiply', 'multiplyRows', 'multiplyColumns', 'multiplyLists', 'multiplyTurned'] as const

export interface Job {
  readonly product: (typeof PRODUCTS)[number]
  /** Of float64. */
  readonly wide: boolean
  /** How many rows a part has; the last may have fewer. */
  readonly partRows: number
  /** The kernel's arguments are a, b, c and m, where `a` and `c` of the next row lie so many bytes on, … */
  readonly a: number
  readonly aStep: number
  readonly b: number
  readonly c: number
  readonly cStep: number
  readonly m: number
  /** … up to four that are the same for all rows, … */
  readonly others: readonly number[]
  /** … and after four, work memory: so many bytes for each thread. */
  readonly room?: number
  readonly roomStep?: number
}

/** Writes a job, and only then says that there are parts. */
export function publish(words: Int32Array, job: Job): void {
  const { partRows, a, aStep, b, c, cStep, m, others, room = 0, roomStep = 0 } = job
  const number = 2 * PRODUCTS.indexOf(job.product) + Number(job.wide)
  const parts = Math.ceil(m / partRows)
  words.set([number, parts, partRows, a, aStep, b, c, cStep, m, room, roomStep, ...others], JOB)
  Atomics.store(words, UNDONE, parts)
  Atomics.store(words, LEFT, parts)
  if (Atomics.load(words, ASLEEP) > 0) Atomics.notify(words, LEFT)
}

/** The kernels of a module by the numbers that a job has for them. */
export const productsOf = (exports: WebAssembly.Exports): Product[] =>
  PRODUCTS.flatMap((name) => [exports[`${name}32`] as Product, exports[`${name}64`] as Product])

/** Takes part after part and computes it, until none is left. */
export function takeParts(words: Int32Array, products: readonly Product[], thread: number): void {
  const job = (i: number) => words[JOB + i]
  while (Atomics.load(words, LEFT) > 0) {
    const left = Atomics.sub(words, LEFT, 1)
    if (left <= 0) return
    const row = (job(1) - left) * job(2)
    products[job(0)](
      job(3) + row * job(4),
      job(5),
      job(6) + row * job(7),
      Math.min(job(2), job(8) - row),
      job(11),
      job(12),
      job(13),
      job(14),
      job(9) + thread * job(10),
    )
    if (Atomics.sub(words, UNDONE, 1) === 1) Atomics.notify(words, UNDONE)
  }
}

/** The thread of a page may not sleep. */
const maySleep = typeof document === 'undefined'

/** How often a thread that waits looks up from its sleep. */
const TURNS = 100

/**
 * Waits until all parts that others have taken are done, for `patience` milliseconds; answers whether they are. Counts
 * turns in place of reading the clock, which runs on while the whole process is stopped.
 */
export function areDone(words: Int32Array, patience: number): boolean {
  const turn = patience / TURNS
  for (let i = 0; i < TURNS; i++) {
    if (watch(words, UNDONE, (undone) => undone === 0, maySleep ? 0.1 : turn)) return true
    const undone = Atomics.load(words, UNDONE)
    if (maySleep && undone > 0) Atomics.wait(words, UNDONE, undone, turn)
  }
  return false
}

/** Looks at a word without sleeping, for so many milliseconds; answers whether it has become as is hoped for. */
export function watch(
  words: Int32Array,
  place: number,
  hoped: (word: number) => boolean,
  milliseconds: number,
): boolean {
  const end = performance.now() + milliseconds
  do {
    // Many looks to one at the clock, which takes longer.
    for (let i = 0; i < 100; i++) if (hoped(Atomics.load(words, place))) return true
  } while (performance.now() < end)
  return false
}
