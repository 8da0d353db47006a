/** The forward and the backward pass through the layers of an expression. */
import { type NumberOrTensor, sameShape, showShape, Tensor, tensor } from '@gosa/linalg'
import { showValue } from '@gosa/linalg/options'
import type { Expression, OperationNode } from './expression.ts'
import { addValues, asNumber, copyOf, isNumberOrTensor, onesLike, shapeOf } from './values.ts'

/** Copies of all outputs, made before a layer can overwrite them. */
type Outputs = ReadonlyMap<Expression, NumberOrTensor>

/** Runs the layers forwards. Throws a `TypeError` if one returns neither a number nor a tensor. */
export function runForward(parts: readonly Expression[], train?: boolean): Outputs {
  const outputs = new Map<Expression, unknown>()
  const copies = new Map<Expression, NumberOrTensor>()
  const options = train === undefined ? [] : [{ train }]
  for (const part of parts) {
    if (part.kind !== 'operation') outputs.set(part, part.value)
    else {
      const forward = part.layer.forward.bind(part.layer) as (...inputs: unknown[]) => NumberOrTensor
      outputs.set(part, forward(...part.inputs.map((input) => outputs.get(input)), ...options))
    }
    copies.set(part, recorded(outputs.get(part), part))
  }
  return copies
}

function recorded(value: unknown, { kind, label }: Expression): NumberOrTensor {
  if (isNumberOrTensor(value)) return copyOf(value)
  if (kind === 'constant' && isTypedArray(value)) return tensor(Array.from(value))
  throw new TypeError(
    `graphOf: ${label} must be a number or a Tensor${kind === 'constant' ? ', or a typed array' : ''}, not ${showValue(value)}`,
  )
}

const isTypedArray = (value: unknown): value is ArrayLike<number> =>
  ArrayBuffer.isView(value) && !(value instanceof DataView) && !(value instanceof Tensor)

/** What an operation sent back along the edge of one input. */
export interface InputGradient {
  readonly gradient?: NumberOrTensor
  /** The local derivative, if input and output are single numbers. */
  readonly local?: number
}

/** The gradients of all parts, and of each operation's inputs. */
export interface Gradients {
  readonly ofParts: ReadonlyMap<Expression, NumberOrTensor>
  readonly ofInputs: ReadonlyMap<Expression, readonly InputGradient[]>
}

/** Runs the layers backwards from the last of `parts`, in reverse topological order. */
export function runBackward(parts: readonly Expression[], outputs: Outputs, dout: NumberOrTensor): Gradients {
  const ofParts = new Map<Expression, NumberOrTensor>([[parts[parts.length - 1], copyOf(dout)]])
  const ofInputs = new Map<Expression, readonly InputGradient[]>()
  for (const part of [...parts].reverse()) {
    if (part.kind !== 'operation') continue
    const locals = localDerivatives(part, outputs)
    const gradients = inputGradients(part, ofParts.get(part) as NumberOrTensor, outputs)
    part.inputs.forEach((input, i) => {
      const gradient = gradients[i]
      if (gradient === undefined) return
      const sum = ofParts.get(input)
      ofParts.set(input, sum === undefined ? gradient : addValues(sum, gradient))
    })
    ofInputs.set(
      part,
      gradients.map((gradient, i) => ({ gradient, local: asNumber(locals[i]) })),
    )
  }
  return { ofParts, ofInputs }
}

/** What `backward` returns for dout = 1, if the output and all inputs are single numbers. */
function localDerivatives(part: OperationNode, outputs: Outputs): readonly (NumberOrTensor | undefined)[] {
  const areNumbers = [part, ...part.inputs].every(
    (one) => one.kind === 'constant' || asNumber(outputs.get(one)) !== undefined,
  )
  // A layer may accumulate the gradients of its weights, so that only the real pass may reach it.
  if (!areNumbers || part.layer.parameters?.().length) return []
  return inputGradients(part, onesLike(outputs.get(part) as NumberOrTensor), outputs)
}

/** A copy of the gradient of each input; `undefined` for constants. Throws if one is missing or has the wrong shape. */
function inputGradients(
  part: OperationNode,
  dout: NumberOrTensor,
  outputs: Outputs,
): (NumberOrTensor | undefined)[] {
  const backward = part.layer.backward.bind(part.layer) as (dout: NumberOrTensor) => unknown
  const returned = backward(copyOf(dout))
  const gradients: readonly unknown[] = Array.isArray(returned) ? returned : [returned]
  return part.inputs.map((input, i) => {
    if (input.kind === 'constant') return undefined
    const gradient = gradients[i]
    if (!isNumberOrTensor(gradient)) {
      throw new TypeError(
        `graphOf: backward of ${part.name ?? part.label} must return a number or a Tensor for each input, ` +
          `in an array if there are several, but returned ${String(gradient)} for input ${i + 1}`,
      )
    }
    const [expected, actual] = [shapeOf(outputs.get(input) as NumberOrTensor), shapeOf(gradient)]
    if (!sameShape(expected, actual)) {
      throw new RangeError(
        `graphOf: backward of ${part.name ?? part.label} returned a gradient of shape ${showShape(actual)} ` +
          `for an input of shape ${showShape(expected)}`,
      )
    }
    return copyOf(gradient)
  })
}
