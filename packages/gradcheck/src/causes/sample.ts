import { createRng, Tensor } from '@gosa/linalg'
import { EntryLines } from '../compare/entry-lines.ts'
import { stratified } from '../compare/samples.ts'
import { central } from '../numeric/methods.ts'
import { stepFor } from '../numeric/step.ts'
import { Scalar } from '../subject/scalar.ts'
import type { Candidate, Evidence } from './evidence.ts'

const ENTRIES = 32

/** `A` is right for a `dout` without the first or the last sample. */
export const sampleLeftOut: Candidate = (evidence) => {
  const { dout } = evidence.scalar
  if (!(dout instanceof Tensor) || dout.rank < 2 || dout.shape[0] < 2) return undefined
  const N = dout.shape[0]
  for (const n of [N - 1, 0]) {
    const without = dout.clone()
    without.rows(n, n + 1).data.fill(0)
    if (isRightFor(without, evidence)) return `leaves out sample ${n} of ${N}`
  }
  return undefined
}

function isRightFor(dout: Tensor, { analytic, scalar, compared }: Evidence): boolean {
  const entries = stratified(analytic.length, ENTRIES, createRng(0))
  const lines = new EntryLines(new Scalar(scalar.operation, dout), compared.variable, entries)
  const largest = analytic.reduce((most, a) => Math.max(most, Math.abs(a)), 0)
  try {
    return Array.from(entries).every((i, k) => {
      lines.aim(k)
      const slope = central(lines, stepFor('central', lines.ownSize(k), lines.dtype))
      return Math.abs(slope - analytic[i]) <= 1e-5 * largest
    })
  } finally {
    lines.putBack()
  }
}
