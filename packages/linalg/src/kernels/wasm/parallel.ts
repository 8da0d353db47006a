import type { KernelsFor } from './kernels.ts'

/** Answers kernels that several threads work on together, made of a module: the same ones for the same module. */
export type Share = (module: Uint8Array<ArrayBuffer>) => KernelsFor

/**
 * From so many products on several threads are sooner done than one, about 100 µs of work: each has to fetch from the
 * cache of this one what it has just copied in.
 */
const PAYS = 2_000_000

let share: Share | undefined

/** From now on several threads share the work, or none do. Only `threads/` calls it, which thus loads when asked for. */
export function setShare(by: Share | undefined): void {
  share = by
}

/** The kernels for work of so many products, if several threads are to share it. */
export const shared = (module: Uint8Array<ArrayBuffer>, products: number): KernelsFor | undefined =>
  share && products >= PAYS ? share(module) : undefined
