import type { Tensor } from '@gosa/linalg'
import { assumeFinite } from '@gosa/linalg/kernels'

/** Numbers below this stay finite, whatever step they are moved by. */
const TAME = 1e100

/** Runs `compute`, which moves entries of `x` by `h` or so; that they stay finite spares products a look through all of it. */
export function whileMoved<T>(x: Tensor, compute: () => T, h = 0): T {
  const tame = h < TAME && x.data.every((value) => Math.abs(value) < TAME)
  return tame ? assumeFinite(x, compute) : compute()
}
