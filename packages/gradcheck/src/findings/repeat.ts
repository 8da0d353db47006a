import { Tensor } from '@gosa/linalg'
import { place } from '../report/index-of.ts'
import type { Finding } from '../report/report.ts'
import { copyOf, numbersOf } from '../subject/values.ts'
import type { Context } from './context.ts'

/** `forward` twice, of the same, gives the same. */
export function repeat({ operation }: Context): Finding[] {
  const first = copyOf(operation.forward())
  const second = operation.forward()
  const again = numbersOf(second)
  const i = numbersOf(first).findIndex((value, at) => !Object.is(value, again[at]))
  if (i < 0) return []
  const shape = second instanceof Tensor ? second.shape : []
  return [
    {
      name: 'not-repeatable',
      message:
        `forward twice gives ${numbersOf(first)[i]} and ${again[i]} at ${place('output', i, shape)}; where that is meant ` +
        'to be (random numbers, running statistics), pass reseed to put it back before each forward',
    },
  ]
}
