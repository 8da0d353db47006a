/** Types of the compiled kernels: what a module exports, with the memory it works on. */
import type { FloatArray } from '../../tensor/dtype.ts'

/**
 * The kernels of `assembly/` for one dtype, and the memory they work on. In this folder an *offset* counts elements of
 * `memory`, an *address* counts bytes; kernels take addresses.
 */
export interface Kernels {
  /** The whole memory as elements of this dtype. */
  readonly memory: FloatArray
  readonly buffer: ArrayBufferLike
  /** The same memory as 32-bit integers. */
  readonly int32: Int32Array
  /** The same memory as bytes. */
  readonly uint8: Uint8Array
  /** Offset of the scratch memory; before it lie the module's own data. */
  readonly scratchStart: number
  /** Size of an element in bytes. */
  readonly elementBytes: number
  /**
   * Number of parts into which a product is best split. Greater than 1 if the product kernels only begin their work, so
   * that the next operand is copied in and the previous result copied out while they compute.
   */
  readonly pipelineDepth: number
  /** Calls `read` when the part that was begun last is complete: now, or as soon as the next part has begun. */
  onComplete(read: () => void): void
  /** Completes all parts that were begun. */
  flush(): void
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
    scratch: number,
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
    scratch: number,
  ): void
  multiplyCsr(
    rowOffsets: number,
    b: number,
    c: number,
    m: number,
    columns: number,
    n: number,
    entries: number,
    codebook: number,
  ): void
  /** Returns the width of a panel of B in `multiplyCsr`, in elements. */
  panelWidth(n: number): number
  csrToCsc(
    rowOffsets: number,
    entries: number,
    codebook: number,
    m: number,
    k: number,
    columnOffsets: number,
    values: number,
    indices: number,
  ): void
  multiplyCsc(
    columnOffsets: number,
    b: number,
    c: number,
    m: number,
    n: number,
    accumulate: boolean,
    values: number,
    indices: number,
  ): void
  pack(b: number, panels: number, k: number, n: number): void
  /** Returns 0 for false, 1 for true. */
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
 * Returns the kernels for an operand: of its dtype, on the memory in which it lies; for work of many scalar products
 * (`products` of them) those of several threads, if there are any.
 */
export type KernelsFor = (x: FloatArray, products?: number) => Kernels
