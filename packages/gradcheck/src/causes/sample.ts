import { Tensor } from '@gosa/linalg'
import { Scalar } from '../subject/scalar.ts'
import type { Candidate } from './evidence.ts'
import { isRightFor } from './is-right-for.ts'

/** `A` is right for a `dout` without the first or the last sample. */
export const sampleLeftOut: Candidate = (evidence) => {
  const { dout, operation } = evidence.scalar
  if (!(dout instanceof Tensor) || dout.rank < 2 || dout.shape[0] < 2) return undefined
  const N = dout.shape[0]
  for (const n of [N - 1, 0]) {
    const without = dout.clone()
    without.rows(n, n + 1).data.fill(0)
    if (isRightFor(new Scalar(operation, without), evidence)) return `leaves out sample ${n} of ${N}`
  }
  return undefined
}
