import { sameShape, showShape } from '@gosa/linalg'
import type { Finding } from '../report/report.ts'
import type { Context } from './context.ts'

/** Each gradient is there, in the shape and dtype of its value. */
export function form({ operation, scalar }: Context): Finding[] {
  return scalar.claims().flatMap(({ shape, dtype }, i): Finding[] => {
    const { name: variable, value } = operation.variables[i]
    if (!shape) {
      return [{ name: 'missing-gradient', variable, message: `no gradient of ${variable} came back` }]
    }
    if (!sameShape(shape, value.shape)) {
      const message = `the gradient of ${variable} has shape ${showShape(shape)}, ${variable} itself ${showShape(value.shape)}`
      return [{ name: 'wrong-shape', variable, message }]
    }
    if (dtype !== undefined && dtype !== value.dtype) {
      const message = `the gradient of ${variable} is ${dtype}, ${variable} itself ${value.dtype}`
      return [{ name: 'wrong-dtype', variable, message }]
    }
    return []
  })
}
