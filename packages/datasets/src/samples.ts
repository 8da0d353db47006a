/** The shape in which all samples with targets come and go. */
import type { Tensor } from '@gosa/linalg'

/** The targets of N samples: class indices (N), or a tensor (N, …) of probabilities or numbers. */
export type Targets = Uint8Array | Int32Array | Tensor

/** Samples with their targets: x (N, …), one sample per row, and t, one target per sample. */
export interface Samples<T extends Targets = Targets> {
  readonly x: Tensor
  readonly t: T
}
