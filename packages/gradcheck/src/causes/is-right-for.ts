import { createRng } from '@gosa/linalg'
import { EntryLines } from '../compare/entry-lines.ts'
import { stratified } from '../compare/samples.ts'
import { central } from '../numeric/methods.ts'
import { stepFor } from '../numeric/step.ts'
import type { Scalar } from '../subject/scalar.ts'
import type { Evidence } from './evidence.ts'

const ENTRIES = 32
const CLOSE = 1e-5

/** Whether a wrong gradient is the right one of another scalar: for another `dout`, or at other inputs. */
export function isRightFor(other: Scalar, { analytic, scalar, compared }: Evidence): boolean {
  const variable = other.operation.variables[scalar.operation.variables.indexOf(compared.variable)]
  const entries = stratified(analytic.length, ENTRIES, createRng(0))
  const lines = new EntryLines(other, variable, entries)
  const largest = analytic.reduce((most, a) => Math.max(most, Math.abs(a)), 0)
  try {
    return Array.from(entries).every((i, k) => {
      lines.aim(k)
      const slope = central(lines, stepFor('central', lines.ownSize(k), lines.dtype))
      return Math.abs(slope - analytic[i]) <= CLOSE * largest
    })
  } finally {
    lines.putBack()
  }
}
