import { type LayerLike, type LossLike, type NumberOrTensor, Tensor, tensor } from '@gosa/linalg'
import { refuseClass } from './misuse.ts'
import type { Operation, Variable } from './operation.ts'
import { saveState } from './repeatable.ts'
import { arrayOf, withRestoredOperands } from './restore.ts'
import { otherInput, otherLabels } from './test-values.ts'
import { elementsOf, valueLike } from './values.ts'
import { findUncheckedWeights, findWeights, type Weight } from './weights.ts'

/** Wraps a layer, or a loss (a layer with the labels as constants), as an `Operation`; names its class and inputs. */

/** Options of `layerOperation`. */
export interface LayerOperationOptions {
  name?: string
  /** Passed to `forward` after the inputs, but not differentiated: labels. */
  constants?: readonly unknown[]
  /** Passed to `forward` as `{ train }` after everything else. */
  train?: boolean
  /** Called before each `forward`, in place of restoring buffers and random state. */
  reseed?: () => void
}

/** A layer or a loss at the given inputs, which are copied. */
export function layerOperation(
  layer: LayerLike,
  inputs: readonly NumberOrTensor[],
  options: LayerOperationOptions = {},
): Operation {
  const { name = classNameOf(layer), constants = [], train, reseed = saveState(layer) } = options
  const forward = layer.forward.bind(layer) as (...args: unknown[]) => NumberOrTensor
  const backward = layer.backward.bind(layer) as (dout: NumberOrTensor) => unknown
  const copies = inputs.map((input) => (input instanceof Tensor ? input.clone() : tensor(input)))
  const trainOption = train === undefined ? [] : [{ train }]

  let weights: readonly Weight[] = []
  const storeWeights = (): void => {
    for (const { store } of weights) store?.()
  }
  const forwardWith = (values: readonly Tensor[], labels = constants): NumberOrTensor => {
    reseed()
    storeWeights()
    const args = values.map((value, i) => (inputs[i] instanceof Tensor ? value : value.data[0]))
    return forward(...args, ...labels, ...trainOption)
  }
  const passes = {
    probe: () =>
      withRestoredOperands({ variables: [], constants: [...copies, ...constants] }, () =>
        runOtherPass(copies, forwardWith, backward),
      ),
    output: () => elementsOf(forwardWith(copies)),
  }
  weights = findWeights(layer, passes)
  return {
    name,
    constants,
    takesDout: true,
    variables: [...copies.map(inputVariable), ...weights.map(weightVariable)],
    forward: () => forwardWith(copies),
    backward(dout) {
      const returned = backward(dout)
      return [
        ...copies.map((_, i) => (Array.isArray(returned) ? returned[i] : i === 0 ? returned : undefined)),
        ...weights.map(({ gradient }) => gradient()),
      ]
    },
    withInputs: (transform) =>
      layerOperation(
        layer,
        inputs.map((input) =>
          input instanceof Tensor ? transform(input) : transform(tensor(input)).data[0],
        ),
        options,
      ),
    withOtherLabels: () =>
      constants.length > 0
        ? layerOperation(layer, inputs, { ...options, constants: constants.map(otherLabels) })
        : undefined,
    forwardOtherInputs() {
      const others = copies.map(otherInput)
      try {
        return forwardWith(others, constants.map(otherLabels))
      } catch {
        return forwardWith(others)
      }
    },
    findUncheckedWeights: () =>
      findUncheckedWeights(
        layer,
        [...weights.map(({ value }) => value), ...copies, ...constants],
        passes.output,
        new Set(weights.map(({ name }) => name)),
      ),
    storeWeights,
    zeroGradients() {
      for (const weight of weights) zeroGradient(weight)
    },
  }
}

/** A forward and a backward pass at other inputs, or at copies of the same if the layer takes no others. */
function runOtherPass(
  inputs: readonly Tensor[],
  forward: (inputs: readonly Tensor[]) => NumberOrTensor,
  backward: (dout: NumberOrTensor) => unknown,
): void {
  const passes = [inputs.map(otherInput), inputs.map((input) => input.clone())]
  for (const values of passes) {
    try {
      const output = forward(values)
      backward(valueLike(output, () => 1))
      return
    } catch {
      // The check itself reports what the layer throws.
    }
  }
}

function inputVariable(value: Tensor, i: number, all: readonly Tensor[]): Variable {
  return { name: inputName(i, all.length), value, kind: 'input' }
}

const weightVariable = ({ name, value }: Weight): Variable => ({ name, value, kind: 'parameter' })

/** `x` for one input, `x` and `y` for two, as the book calls them; `x0`, `x1`, … for more. */
export const inputName = (i: number, count: number): string => (count > 2 ? `x${i}` : 'xy'[i])

function zeroGradient({ gradient }: Weight): void {
  try {
    arrayOf(gradient())?.fill(0)
  } catch {
    // There is no gradient before the first backward.
  }
}

/**
 * The class name of a layer, loss or network, or `fallback` for a plain object. Bundlers put an underscore before the name
 * of a class that refers to itself: `_Affine` is `Affine`.
 */
export function classNameOf(subject: object, fallback = 'layer'): string {
  const name = subject.constructor?.name.replace(/^_(?=[A-Z])/, '')
  return name && name !== 'Object' ? name : fallback
}

/**
 * Takes a layer or loss, or a function that makes one. Returns an instance, and the function if there is one. Throws a
 * `TypeError` that names `caller` if the instance lacks `forward` or `backward`.
 */
export function resolveInstance<T extends LayerLike | LossLike>(
  caller: string,
  kind: string,
  given: T | (() => T),
): { instance: T; make?: () => T } {
  refuseClass(caller, kind, given)
  const make = typeof given === 'function' ? given : undefined
  const instance = make ? make() : (given as T)
  if (typeof instance?.forward !== 'function' || typeof instance.backward !== 'function') {
    throw new TypeError(
      `${caller}: expected a ${kind} with the methods forward and backward, or a function that makes one`,
    )
  }
  return { instance, make }
}
