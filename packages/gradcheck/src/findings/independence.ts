import { Tensor, zeros } from '@gosa/linalg'
import { place } from '../report/index-of.ts'
import type { Finding } from '../report/report.ts'
import { claimOf } from '../subject/claim.ts'
import type { Operation } from '../subject/operation.ts'
import type { Value } from '../subject/types.ts'
import { firstDifference } from './close.ts'
import type { Context } from './context.ts'

/** What a pass gives: the output, the gradient of the first input, and those of everything else. */
interface Pass {
  readonly y: Tensor
  readonly gradients: readonly (Float64Array | undefined)[]
}

/**
 * Of a layer whose rows are declared independent: a batch gives the same as its rows one by one, in output and dx, and
 * the gradients of the weights are the sums of those of the rows.
 *
 * `rowOperation` makes the operation for inputs with the n-th row alone.
 */
export function independence(
  { operation, douts: [dout] }: Context,
  rowOperation: (n: number) => Operation,
): Finding[] {
  const [x] = operation.variables
  if (!(dout instanceof Tensor) || x?.kind !== 'input' || x.value.rank === 0) return []
  const N = x.value.shape[0]
  if (dout.shape[0] !== N) return []
  const batch = passOf(operation, dout)
  const rows = Array.from({ length: N }, (_, n) => passOf(rowOperation(n), dout.rows(n, n + 1).clone()))
  const findings = compareRows('output', batch.y, Float64Array.from(rows.flatMap(({ y }) => [...y.data])))
  for (const [i, { name, value, kind }] of operation.variables.entries()) {
    const own = rows.map(({ gradients }) => gradients[i])
    const whole = batch.gradients[i]
    if (!whole || own.some((one) => !one)) continue
    const joined = kind === 'input' ? own.flatMap((one) => [...(one ?? [])]) : sumOf(own, value.size)
    findings.push(...compareRows(`gradient of ${name}`, value, joined, whole))
  }
  return findings
}

function passOf(operation: Operation, dout: Value): Pass {
  const y = operation.forward()
  const kept = y instanceof Tensor ? y.clone() : zeros([])
  const gradients = operation.backward(dout).map((given, i) => claimOf(given, operation.variables[i]).numbers)
  return { y: kept, gradients }
}

const sumOf = (rows: readonly (Float64Array | undefined)[], size: number): Float64Array =>
  Float64Array.from({ length: size }, (_, k) => rows.reduce((total, row) => total + (row?.[k] ?? 0), 0))

function compareRows(
  variable: string,
  like: Tensor,
  joined: ArrayLike<number>,
  batch: ArrayLike<number> = like.data,
): Finding[] {
  const k = firstDifference(batch, joined, like.dtype)
  if (k < 0) return []
  const message =
    `rows are declared independent, but a batch gives ${batch[k]} at ${place(variable, k, like.shape)} ` +
    `and its rows one by one ${joined[k]}`
  return [{ name: 'not-independent', variable, message }]
}
