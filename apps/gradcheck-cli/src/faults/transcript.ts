import { createRng, randomNormal, Tensor } from '@gosa/linalg'
import type { Case } from '../cases/case.ts'
import { toValue } from '../cases/to-value.ts'
import type { Subject, Value } from './tamper.ts'

/**
 * All that can be seen of a case in two passes: outputs, gradients, and what became of inputs, weights and `dout`. Two
 * that are the same are told apart by nobody, so a fault that leaves it as it is is none.
 */
export function transcript(given: Case): unknown[] {
  const seen: unknown[] = []
  const see = (...values: unknown[]): void => void seen.push(...values.flatMap(copied))
  const subject = (given.layer ?? given.loss ?? given.network) as Subject
  const weights = (subject.parameters?.() ?? []).map(({ value }) => value)
  const before = weights.map(({ data }) => data.slice())
  try {
    for (const pass of passes(given)) {
      see(pass(subject))
      see(weights)
      if (!given.network) see((subject.parameters?.() ?? []).map(gradOf))
    }
  } catch (error) {
    see(String(error))
  } finally {
    for (const [i, { data }] of weights.entries()) data.set(before[i])
  }
  return seen
}

/** Of other inputs first, so that what is kept of them shows; each of the two twice, so that sums show. */
function passes(given: Case): ((subject: Subject) => unknown[])[] {
  const { t, network } = given
  const rng = createRng(7)
  const inputs = inputsOf(given)
  const other = inputs.map((input) => like(input, (i, all) => all[all.length - 1 - i] * 1.25))
  return [other, inputs, inputs].map((values) => (subject) => {
    const own = values.map((value) => like(value, (i, all) => all[i]))
    if (network)
      return [subject.loss?.(own[0], t), ...Object.values(subject.gradient?.(own[0], t) ?? {}), own]
    const y = subject.forward?.(...own, ...(t === undefined ? [] : [t])) as Value
    const dout = y instanceof Tensor ? randomNormal(y.shape, { rng }) : 1.5
    return [copied(y), copied(subject.backward?.(dout)), own, dout]
  })
}

const inputsOf = ({ x, inputs }: Case): Value[] =>
  (x === undefined ? (inputs as unknown[]) : [x]).map((value) => toValue(value, 'x'))

function like(value: Value, number: (i: number, all: ArrayLike<number>) => number): Value {
  if (typeof value === 'number') return number(0, [value])
  const all = value.data
  const made = value.clone()
  for (let i = 0; i < made.size; i++) made.data[i] = number(i, all)
  return made
}

function gradOf(parameter: { grad?: unknown }): unknown {
  try {
    return parameter.grad
  } catch {
    return undefined
  }
}

/** Copies of tensors, however deep in lists, with their shapes; anything else as it is. */
function copied(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copied)
  return value instanceof Tensor ? [...value.shape, ...value.data] : value
}
