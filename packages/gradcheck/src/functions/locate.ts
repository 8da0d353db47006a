import { Tensor } from '@gosa/linalg'
import { perturbEntry, stepSize, withRestoredEntry } from '../numeric/finite-differences.ts'
import { richardson } from '../numeric/richardson.ts'
import { type Operation, readGradient } from '../subject/operation.ts'
import { elementsOf, entryName, valueLike } from '../subject/values.ts'
import type { Report } from '../types/report.ts'

/** Outputs up to this many are searched for the one whose derivative is wrong. */
const MAX_OUTPUTS = 100

/**
 * A wrong gradient of Σ dout ⊙ f says which input is concerned, not which output. Names the entry of the Jacobian that is off by
 * the most, for the worst input: `∂f (1)/∂x (0) is 3, numerically 4`.
 */
export function locateInJacobian(operation: Operation, { entries }: Report): string[] {
  const wrong = entries.find(({ verdict, worst }) => verdict === 'fail' && worst)
  const position = operation.variables.findIndex(({ name }) => name === wrong?.name)
  if (!wrong?.worst || position < 0) return []
  const { value, name } = operation.variables[position]
  const i = wrong.worst.index.reduce((at, index, axis) => at * value.shape[axis] + index, 0)
  const output = operation.forward()
  const { length } = elementsOf(output)
  if (length > MAX_OUTPUTS || wrong.worst.index.length !== value.rank) return []
  const shape = output instanceof Tensor ? output.shape : []
  let worst = { difference: 0, text: '' }
  for (let o = 0; o < length; o++) {
    const returned = operation.backward(valueLike(output, (k) => (k === o ? 1 : 0)))[position]
    const analytic = readGradient(returned, operation.variables[position]).values?.[i]
    const numerical = withRestoredEntry(value, i, () => {
      const f = perturbEntry(() => elementsOf(operation.forward())[o], value, i)
      return richardson(f, stepSize('richardson', Math.abs(value.data[i]) || 1, Number.EPSILON)).value
    })
    if (analytic === undefined) return []
    const difference = Math.abs(analytic - numerical)
    if (difference <= worst.difference) continue
    const text = `∂${entryName(operation.name, o, shape)}/∂${entryName(name, i, value.shape)} is ${Number(analytic.toPrecision(6))}, numerically ${Number(numerical.toPrecision(6))}`
    worst = { difference, text }
  }
  return worst.text === '' ? [] : [`the entry of the Jacobian that is off by the most: ${worst.text}`]
}
