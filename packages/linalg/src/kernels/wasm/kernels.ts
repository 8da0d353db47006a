import type { FloatArray } from '../../tensor/dtype.ts'

/**
 * The kernels of `assembly/` for one dtype, with their scratch memory as elements of that dtype. Addresses that the
 * kernels take are in bytes, places in `memory` in elements.
 */
export interface Kernels {
  readonly memory: FloatArray
  readonly buffer: ArrayBufferLike
  /** The same memory as integers of four bytes, and of one. */
  readonly words: Int32Array
  readonly singleBytes: Uint8Array
  /** The first free element; before it lies what belongs to the module. */
  readonly start: number
  /** How many bytes an element has. */
  readonly bytes: number
  /**
   * Into how many pieces a product is better cut: several where the kernels that multiply only begin, so that meanwhile
   * the operand of the next piece comes in and the result of the one before goes out.
   */
  readonly pieces: number
  /** Calls `read` when the piece that was begun last is done: now, or as soon as the next one has begun. */
  whenDone(read: () => void): void
  /** Completes what was begun. */
  finish(): void
  multiply(a: number, b: number, c: number, m: number, k: number, n: number, accumulate: boolean): void
  multiplyRows(
    a: number,
    b: number,
    c: number,
    m: number,
    k: number,
    n: number,
    accumulate: boolean,
    skipZeros: boolean,
    room: number,
  ): void
  multiplyColumns(
    a: number,
    b: number,
    c: number,
    m: number,
    k: number,
    n: number,
    accumulate: boolean,
    aStride: number,
    room: number,
  ): void
  multiplyLists(
    starts: number,
    b: number,
    c: number,
    m: number,
    columns: number,
    n: number,
    lists: number,
    palette: number,
  ): void
  /** How many columns `multiplyLists` best takes at a time. */
  panelWidth(n: number): number
  turn(
    starts: number,
    lists: number,
    palette: number,
    m: number,
    k: number,
    turned: number,
    values: number,
    places: number,
  ): void
  multiplyTurned(
    starts: number,
    b: number,
    c: number,
    m: number,
    n: number,
    accumulate: boolean,
    values: number,
    places: number,
  ): void
  pack(b: number, panels: number, k: number, n: number): void
  /** 0 for no, 1 for yes. */
  allFinite(x: number, count: number): number
  transpose(from: number, to: number, rows: number, columns: number): void
  unary(operation: number, x: number, out: number, count: number): void
  binary(
    operation: number,
    a: number,
    aRow: number,
    aColumn: number,
    b: number,
    bRow: number,
    bColumn: number,
    out: number,
    rows: number,
    columns: number,
  ): void
  sum(x: number, out: number, outer: number, length: number, inner: number): void
  max(x: number, out: number, outer: number, length: number, inner: number): void
  logSoftmax(x: number, out: number, rows: number, columns: number): void
  axpy(alpha: number, x: number, y: number, count: number): void
}

/**
 * Picks the kernels for an operand: those of its dtype, at work on the memory in which it lies; for work of so many
 * products those of several threads, if there are any.
 */
export type KernelsFor = (x: FloatArray, products?: number) => Kernels
