import { sameShape, showShape } from '@gosa/linalg'
import type { Expression, Operation } from '../expression.ts'
import { asNumber, copyOf, isValue, onesLike, plus, shapeOf, type Value } from '../value.ts'
import type { Forward } from './forward.ts'

/** What came back along an arrow. */
export interface Returned {
  readonly gradient?: Value
  readonly local?: number
}

/** The gradients: of each part, and of each operation's inputs. */
export interface Backward {
  readonly gradients: ReadonlyMap<Expression, Value>
  readonly returned: ReadonlyMap<Expression, readonly Returned[]>
}

/** Runs the layers backwards from the last of `parts`, each after all that it feeds. */
export function backward(parts: readonly Expression[], { copies }: Forward, dout: Value): Backward {
  const gradients = new Map<Expression, Value>([[parts[parts.length - 1], copyOf(dout)]])
  const returned = new Map<Expression, readonly Returned[]>()
  for (const part of [...parts].reverse()) {
    if (part.kind !== 'operation') continue
    const locals = localsOf(part, copies)
    const upstream = gradients.get(part) as Value
    const answers = gradientsOf(part, upstream, copies)
    part.inputs.forEach((one, i) => {
      const gradient = answers[i]
      if (gradient === undefined) return
      const before = gradients.get(one)
      gradients.set(one, before === undefined ? gradient : plus(before, gradient))
    })
    returned.set(
      part,
      answers.map((gradient, i) => ({ gradient, local: asNumber(locals[i]) })),
    )
  }
  return { gradients, returned }
}

type Copies = Forward['copies']

/** What `backward` answers to 1, where all are single numbers: the local derivatives. */
function localsOf(part: Operation, copies: Copies): readonly (Value | undefined)[] {
  const single = [part, ...part.inputs].every(
    (one) => one.kind === 'constant' || asNumber(copies.get(one)) !== undefined,
  )
  // A layer may add to the gradients of its weights: those hear of the real pass alone.
  if (!single || part.layer.parameters?.().length) return []
  return gradientsOf(part, onesLike(copies.get(part) as Value), copies)
}

/** The gradient of each input, copied; undefined for constants. Throws where one is missing or does not fit. */
function gradientsOf(part: Operation, dout: Value, copies: Copies): (Value | undefined)[] {
  const run = part.layer.backward.bind(part.layer) as (dout: Value) => unknown
  const answer = run(copyOf(dout))
  const list: readonly unknown[] = Array.isArray(answer) ? answer : [answer]
  return part.inputs.map((one, i) => {
    if (one.kind === 'constant') return undefined
    const gradient = list[i]
    if (!isValue(gradient)) {
      throw new TypeError(
        `graphOf: backward of ${part.name ?? part.label} must give a number or a Tensor for each of its inputs, ` +
          `in an array where there are several, but gave ${String(gradient)} for input ${i + 1}`,
      )
    }
    const [expected, came] = [shapeOf(copies.get(one) as Value), shapeOf(gradient)]
    if (!sameShape(expected, came)) {
      throw new RangeError(
        `graphOf: backward of ${part.name ?? part.label} gave a gradient of shape ${showShape(came)} ` +
          `for an input of shape ${showShape(expected)}`,
      )
    }
    return copyOf(gradient)
  })
}
