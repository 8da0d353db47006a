import { Tensor, tensor } from '@gosa/linalg'
import type { Operation, Variable } from './operation.ts'
import { otherThan } from './other-inputs.ts'
import type { LayerLike, ParameterLike, Value } from './types.ts'

export interface LayerOperationOptions {
  name?: string
  /** Given to `forward` after the inputs, but not differentiated: labels. */
  constants?: readonly unknown[]
  /** Given to `forward` as `{ train }` after everything else. */
  train?: boolean
  /** Called before each `forward`. */
  reseed?: () => void
}

/** A layer or a loss at the given inputs, of which it sees copies. */
export function layerOperation(
  layer: LayerLike,
  inputs: readonly Value[],
  options: LayerOperationOptions = {},
): Operation {
  const { name = nameOf(layer), constants = [], train, reseed } = options
  const forward = layer.forward.bind(layer) as (...given: unknown[]) => Value
  const backward = layer.backward.bind(layer) as (dout: Value) => unknown
  const owned = inputs.map((input) => (input instanceof Tensor ? input.clone() : tensor(input)))
  const extra = [...constants, ...(train === undefined ? [] : [{ train }])]
  const parameters = layer.parameters?.() ?? []

  const forwardOf = (values: readonly Tensor[]): Value => {
    reseed?.()
    return forward(...values.map((own, i) => (inputs[i] instanceof Tensor ? own : own.data[0])), ...extra)
  }
  return {
    name,
    constants,
    takesDout: true,
    variables: [...owned.map(asInput), ...parameters.map(asVariable)],
    forward: () => forwardOf(owned),
    backward(dout) {
      const given = backward(dout)
      return [
        ...owned.map((_, i) => (Array.isArray(given) ? given[i] : i === 0 ? given : undefined)),
        ...parameters.map((parameter) => parameter.grad),
      ]
    },
    elsewhere: (change) =>
      layerOperation(
        layer,
        inputs.map((input) => (input instanceof Tensor ? change(input) : change(tensor(input)).data[0])),
        options,
      ),
    forwardOther: () => forwardOf(owned.map(otherThan)),
    clear() {
      for (const parameter of parameters) setToZero(parameter)
    },
  }
}

/** `x` for one input, `x` and `y` for two, as the book calls them; `x0`, `x1`, … for more. */
function asInput(value: Tensor, i: number, all: readonly Tensor[]): Variable {
  return { name: all.length > 2 ? `x${i}` : 'xy'[i], value, kind: 'input' }
}

const asVariable = ({ name, value }: ParameterLike): Variable => ({ name, value, kind: 'parameter' })

function setToZero(parameter: ParameterLike): void {
  try {
    parameter.grad.data.fill(0)
  } catch {
    // No backward yet, so there is nothing to be cleared.
  }
}

/**
 * The name of the class, or of the kind where there is none. Bundlers put a dash before that of a class that mentions
 * itself: `_Affine` is `Affine`.
 */
export function nameOf(subject: object, kind = 'layer'): string {
  const name = subject.constructor?.name.replace(/^_(?=[A-Z])/, '')
  return name && name !== 'Object' ? name : kind
}
