import { Tensor, tensor } from '@gosa/linalg'
import type { Expression } from '../expression.ts'
import { copyOf, isValue, type Value } from '../value.ts'

/** What was computed: what the layers themselves gave, and copies of it, made before anything can write into them. */
export interface Forward {
  readonly given: ReadonlyMap<Expression, unknown>
  readonly copies: ReadonlyMap<Expression, Value>
}

/** Runs the layers forwards. Throws a `TypeError` where one gives neither a number nor a tensor. */
export function forward(parts: readonly Expression[], train?: boolean): Forward {
  const given = new Map<Expression, unknown>()
  const copies = new Map<Expression, Value>()
  const extra = train === undefined ? [] : [{ train }]
  for (const part of parts) {
    if (part.kind !== 'operation') given.set(part, part.value)
    else {
      const run = part.layer.forward.bind(part.layer) as (...inputs: unknown[]) => Value
      given.set(part, run(...part.inputs.map((one) => given.get(one)), ...extra))
    }
    copies.set(part, recorded(given.get(part), part))
  }
  return { given, copies }
}

function recorded(value: unknown, { kind, label }: Expression): Value {
  if (isValue(value)) return copyOf(value)
  if (kind === 'constant' && isNumbers(value)) return tensor(Array.from(value))
  throw new TypeError(
    `graphOf: ${label} is to be a number or a Tensor${kind === 'constant' ? ', or a typed array' : ''}, not ${String(value)}`,
  )
}

const isNumbers = (value: unknown): value is ArrayLike<number> =>
  ArrayBuffer.isView(value) && !(value instanceof DataView) && !(value instanceof Tensor)
