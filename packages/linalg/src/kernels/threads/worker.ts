import { instantiate } from '../wasm/module.ts'
import { ASLEEP, LEFT, productsOf, takeRows, watch } from './job-queue.ts'

/** What a thread needs to know to take part. */
export interface Assignment {
  readonly module: WebAssembly.Module
  readonly memory: WebAssembly.Memory
  readonly words: Int32Array
  /** Which thread it is, from 1 on; 0 is the one that publishes the jobs. */
  readonly thread: number
  /** Where it finds the bytes that it alone writes. */
  readonly own: number
}

/** So long a thread looks out for the next job before it sleeps, in milliseconds: more than a step of training has between two. */
const LOOKOUT = 2

/** What a thread does as long as it `lives`: takes rows of jobs, looks out for the next, and sleeps when none comes. */
export function work(
  { module, memory, words, thread, own }: Assignment,
  lives: () => boolean = () => true,
): void {
  const exports = instantiate(module, memory)
  const useOwn = exports.useOwn as (place: number) => void
  useOwn(own)
  const products = productsOf(exports)
  while (lives()) {
    takeRows(words, products, thread)
    if (!watch(words, LEFT, (left) => left > 0, LOOKOUT)) sleep(words)
  }
}

/** Whoever publishes a job either sees that one sleeps, or has said that there are rows before one falls asleep. */
function sleep(words: Int32Array): void {
  Atomics.add(words, ASLEEP, 1)
  const left = Atomics.load(words, LEFT)
  if (left <= 0) Atomics.wait(words, LEFT, left)
  Atomics.sub(words, ASLEEP, 1)
}
