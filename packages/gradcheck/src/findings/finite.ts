import { type Shape, Tensor } from '@gosa/linalg'
import { indexOf, place } from '../report/index-of.ts'
import type { Finding } from '../report/report.ts'
import { numbersOf } from '../subject/values.ts'
import type { Context } from './context.ts'

/** No NaN and no infinity in inputs and weights, the output, and the gradients; else where. */
export function finite({ operation, scalar }: Context): Finding[] {
  const given = operation.variables.flatMap(({ name, value }) => located(name, value.data, value.shape))
  if (given.length > 0) return given
  const output = operation.forward()
  const shape = output instanceof Tensor ? output.shape : []
  return [
    ...located('output', numbersOf(output), shape),
    ...scalar.claims().flatMap(({ raw, shape = [] }, i) => {
      return located(`gradient of ${operation.variables[i].name}`, raw ?? [], shape)
    }),
  ]
}

function located(variable: string, numbers: ArrayLike<number>, shape: Shape): Finding[] {
  const i = Array.prototype.findIndex.call(numbers, (value: number) => !Number.isFinite(value))
  if (i < 0) return []
  const all = Array.prototype.filter.call(numbers, (value: number) => !Number.isFinite(value)).length
  const others = all > 1 ? `, and ${all - 1} more are not finite` : ''
  const message = `${place(variable, i, shape)} is ${numbers[i]}${others}`
  return [{ name: 'not-finite', variable, index: indexOf(i, shape), message }]
}
