import type { CheckOptions } from '@gosa/gradcheck'

/** What is to be checked at which values: of our own suite, or exported by a module. */
export interface Case {
  /** What the report calls it. */
  readonly name: string
  /** What has `forward` and `backward`, and perhaps `parameters()`; or a function that makes one. */
  readonly layer?: object
  /** What has `forward(x, t)`, a number, and `backward(dout = 1)`; or a function that makes one. */
  readonly loss?: object
  /** What has `loss(x, t)`, a number, `gradient(x, t)`, and its weights in `params` or `parameters()`; or a function. */
  readonly network?: object
  /** The only input. */
  readonly x?: unknown
  /** Of a layer: its inputs, one for each argument of `forward`. Of a loss or a network: the same as `x`. */
  readonly inputs?: unknown
  /** The right answers for a loss or a network. */
  readonly t?: unknown
  readonly targets?: unknown
  /** How to check, where the defaults do not fit. */
  readonly options?: CheckOptions
}
