/**
 * A job is one call of a kernel that multiplies, to be done in parts: some rows of the result each, or some columns. It
 * is written into words that all threads share; each thread takes the next part until none is left, smaller ones as the
 * job draws to its end. Every element is thus computed by the same instructions, whoever computes it, and a thread that
 * is late, or busy elsewhere, holds nobody up.
 */

/** How many rows nobody has taken yet; on a cache line of its own, as is each word on which threads wait. */
export const LEFT = 0
/** How many rows are not done yet. */
const UNDONE = 16
/** How many threads sleep until there are rows. */
export const ASLEEP = 32
/** The job. Nobody writes it before all rows are done, and what is read before having taken some may be another's. */
const JOB = 48
/** So many words are shared. */
export const WORDS = 80

/** A kernel as all that multiply are called here; they leave out what they do not need. */
type Product = (...numbers: number[]) => void

/** The kernels that multiply, in the order of their numbers. */
const PRODUCTS = ['multiply', 'multiplyRows', 'multiplyColumns', 'multiplyLists', 'multiplyTurned'] as const

/** Among the arguments: how many rows or columns were taken. */
export const TAKEN = -1

export interface Job {
  readonly product: (typeof PRODUCTS)[number]
  /** Of float64. */
  readonly wide: boolean
  /** How many rows or columns there are, and how many are best computed together. */
  readonly total: number
  readonly unit: number
  /** The kernel's arguments: three addresses, and how many bytes further those of the next row or column are, … */
  readonly a: number
  readonly aStep?: number
  readonly b: number
  readonly bStep?: number
  readonly c: number
  readonly cStep: number
  /** … up to five numbers, … */
  readonly numbers: readonly number[]
  /** … and after five, the address of work memory: so many bytes for each thread. */
  readonly room?: number
  readonly roomStep?: number
}

/** Writes a job for so many threads, and only then says that there are rows. */
export function publish(words: Int32Array, job: Job, threads: number): void {
  const { a, aStep = 0, b, bStep = 0, c, cStep, room = 0, roomStep = 0, total } = job
  const number = 2 * PRODUCTS.indexOf(job.product) + Number(job.wide)
  words.set([number, total, threads, job.unit, a, aStep, b, bStep, c, cStep, room, roomStep], JOB)
  words.set(job.numbers, JOB + 12)
  Atomics.store(words, UNDONE, total)
  Atomics.store(words, LEFT, total)
  if (Atomics.load(words, ASLEEP) > 0) Atomics.notify(words, LEFT)
}

/** The kernels of a module by the numbers that a job has for them. */
export const productsOf = (exports: WebAssembly.Exports): Product[] =>
  PRODUCTS.flatMap((name) => [exports[`${name}32`] as Product, exports[`${name}64`] as Product])

/** Takes rows and computes them, again and again, until none are left. */
export function takeRows(words: Int32Array, products: readonly Product[], thread: number): void {
  const job = (i: number) => words[JOB + i]
  for (let left = Atomics.load(words, LEFT); left > 0; left = Atomics.load(words, LEFT)) {
    const [threads, unit] = [job(2), job(3)]
    const taken = Math.min(left, Math.ceil(left / (2 * threads * unit)) * unit)
    if (Atomics.compareExchange(words, LEFT, left, left - taken) !== left) continue
    const row = job(1) - left
    const number = (i: number) => (job(i) === TAKEN ? taken : job(i))
    products[job(0)](
      job(4) + row * job(5),
      job(6) + row * job(7),
      job(8) + row * job(9),
      number(12),
      number(13),
      number(14),
      number(15),
      number(16),
      job(10) + thread * job(11),
    )
    if (Atomics.sub(words, UNDONE, taken) === taken) Atomics.notify(words, UNDONE)
  }
}

/** The thread of a page may not sleep. */
const maySleep = typeof document === 'undefined'

/** How often a thread that waits looks up from its sleep. */
const TURNS = 100

/**
 * Waits until all rows that others have taken are done, for `patience` milliseconds; answers whether they are. Counts
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
