import { type NumberOrTensor, Tensor, zeros } from '@gosa/linalg'
import { maxAbs } from '../numeric/magnitude.ts'
import type { ScalarObjective } from '../subject/objective.ts'
import type { Operation } from '../subject/operation.ts'
import { readGradient } from '../subject/operation.ts'
import { entryName } from '../subject/values.ts'
import type { Finding } from '../types/report.ts'
import { type CheckContext, firstDifference, gradientEpsilon } from './property-check.ts'

/** The property that the rows (samples) of a batch do not influence each other. */

/** The result of one pass: the output, and the gradient of each variable. */
interface PassResult {
  readonly y: Tensor
  readonly gradients: readonly (Float64Array | undefined)[]
}

/**
 * The rows (samples) of a layer are independent, if the option `independent` says so: a batch and its rows one by one give
 * the same output and dx, and the gradients of the weights are the sums over the rows.
 *
 * `rowOperation(n)` makes the operation for the n-th row alone.
 */
export function checkIndependence(
  { operation, objective, douts: [dout] }: CheckContext,
  rowOperation: (n: number) => Operation,
): Finding[] {
  const [x] = operation.variables
  if (!(dout instanceof Tensor) || x?.kind !== 'input' || x.value.rank === 0) return []
  const N = x.value.shape[0]
  if (dout.shape[0] !== N) return []
  const batch = runPass(operation, dout)
  const rows = Array.from({ length: N }, (_, n) => runPass(rowOperation(n), dout.rows(n, n + 1).clone()))
  const outputs = Float64Array.from(rows.flatMap(({ y }) => [...y.data]))
  const findings = compareWithRows('output', batch.y, batch.y.data, outputs, objective)
  for (const [i, { name, value, kind }] of operation.variables.entries()) {
    const gradient = batch.gradients[i]
    const ofRows = rows.map(({ gradients }) => gradients[i])
    if (!gradient || ofRows.some((row) => !row)) continue
    const combined = kind === 'input' ? ofRows.flatMap((row) => [...(row ?? [])]) : sumOf(ofRows, value.size)
    // The rows of a sum may cancel.
    const magnitude = maxAbs(ofRows.flatMap((row) => [...(row ?? [])]))
    findings.push(...compareWithRows(`gradient of ${name}`, value, gradient, combined, objective, magnitude))
  }
  return findings
}

function runPass(operation: Operation, dout: NumberOrTensor): PassResult {
  const output = operation.forward()
  const y = output instanceof Tensor ? output.clone() : zeros([])
  const gradients = operation
    .backward(dout)
    .map((returned, i) => readGradient(returned, operation.variables[i]).values)
  return { y, gradients }
}

const sumOf = (rows: readonly (Float64Array | undefined)[], size: number): Float64Array =>
  Float64Array.from({ length: size }, (_, k) => rows.reduce((total, row) => total + (row?.[k] ?? 0), 0))

function compareWithRows(
  variable: string,
  { shape, dtype }: Tensor,
  batch: ArrayLike<number>,
  rows: ArrayLike<number>,
  objective: ScalarObjective,
  magnitude = maxAbs(batch),
): Finding[] {
  const k = firstDifference(batch, rows, gradientEpsilon(objective, dtype), magnitude)
  if (k < 0) return []
  const message =
    `independent is set, but a batch gives ${batch[k]} at ${entryName(variable, k, shape)} ` +
    `and its rows one by one ${rows[k]}`
  return [{ name: 'not-independent', variable, message }]
}
