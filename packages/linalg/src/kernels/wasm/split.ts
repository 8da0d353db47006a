/** How a kernel call is described to threads: `threads/splits.ts` has that of each kernel. */

/** A call as rows that threads share. */
export interface Split {
  /** Position of the argument that counts rows. */
  readonly count: number
  /** Rows come in multiples of this number. */
  readonly unit: number
  /** What is added to each argument per row, in bytes if it is an address; 0 if missing. */
  readonly strides: readonly number[]
  /** About how long one row takes on one thread. */
  readonly nanoseconds: number
}

/** Returns how a call with the given arguments is split; `bytes` is the size of an element. */
export type SplitCall = (bytes: number, ...args: number[]) => Split
