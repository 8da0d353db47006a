import type { Tensor } from '@gosa/linalg'
import type { Finding } from '../types/report.ts'
import type { FunctionSubject } from './function-subject.ts'
import { readPlainValue } from './plain-values.ts'

/** Calls of the code under check: whether they write into their arguments. */

/** The first calls are watched, later ones are not, since that would take as long as the calls themselves. */
const WATCHED_CALLS = 4

/** Watches what functions do to the values that they are given. */
export interface CallWatch {
  /** Notes which of the values, made from the tensors, a call has changed. */
  afterCall(name: string, argument: unknown, tensors: readonly Tensor[]): void
  findings(): Finding[]
}

export function watchCalls({ x, differentiable }: FunctionSubject): CallWatch {
  const constants = x.leaves.flatMap(({ name, value }) =>
    Array.isArray(value) || ArrayBuffer.isView(value) ? [{ name, value, before: elementsOf(value) }] : [],
  )
  const found = new Map<string, Finding>()
  let calls = 0
  const add = (variable: string, message: string): void => {
    if (!found.has(variable)) found.set(variable, { name: 'input-mutated', variable, message })
  }
  return {
    afterCall(name, argument, tensors) {
      if (calls++ >= WATCHED_CALLS) return
      const now = readPlainValue(argument, 'x').leaves
      for (const [k, { name: variable, position }] of differentiable.entries()) {
        const after = now[position]?.tensor
        if (after && differs(after.data, tensors[k].data))
          add(variable, `${name} wrote into its argument ${variable}`)
      }
    },
    findings() {
      for (const { name, value, before } of constants) {
        if (differs(elementsOf(value), before)) add(name, `the code wrote into its argument ${name}`)
      }
      return [...found.values()]
    },
  }
}

const elementsOf = (value: unknown): unknown[] => Array.from(value as ArrayLike<unknown>)

const differs = (a: ArrayLike<unknown>, b: ArrayLike<unknown>): boolean =>
  a.length !== b.length || Array.prototype.some.call(a, (value, i) => !Object.is(value, b[i]))
