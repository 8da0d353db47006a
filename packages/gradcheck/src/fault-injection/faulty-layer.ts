import { type LayerLike, type NumberOrTensor, type Parameter, Tensor } from '@gosa/linalg'
import { exposeState } from '../subject/repeatable.ts'
import { copyOf } from '../subject/values.ts'
import type { GradientFault } from './gradient-faults.ts'

/** Wraps a right layer in one with a fault: one wrong gradient, or faulty methods with the weights of the right layer. */

/** A layer or loss as code that calls its methods with any arguments sees it. */
export interface CallableLayer {
  forward(...args: readonly unknown[]): NumberOrTensor
  backward(dout?: NumberOrTensor): unknown
}

/** Drops the argument types of a layer. */
export const asCallable = (layer: LayerLike): CallableLayer => layer as unknown as CallableLayer

/** Which gradient has the fault: that of the n-th input, or of the weight with a name. */
export type FaultTarget = number | string

/** Wraps a layer so that one of its gradients is wrong. */
export function withWrongGradient(layer: LayerLike, target: FaultTarget, fault: GradientFault): LayerLike {
  const right = asCallable(layer)
  let dout: NumberOrTensor = 1
  let samples = 1
  let returned: unknown
  const parameters = layer.parameters?.bind(layer)
  const allGradients = (): NumberOrTensor[] => [
    ...(Array.isArray(returned) ? returned : [returned]),
    ...(parameters?.() ?? []).map(({ grad }) => grad),
  ]
  const wrong = (g: NumberOrTensor): NumberOrTensor => {
    const others = allGradients().filter((other) => other !== g)
    return fault(g, { dout, others, samples }) ?? g
  }
  const faulty: CallableLayer = {
    forward(...inputs) {
      const [first] = inputs
      samples = first instanceof Tensor && first.rank > 0 ? first.shape[0] : 1
      return right.forward(...inputs)
    },
    backward(received = 1) {
      dout = copyOf(received)
      returned = right.backward(received)
      if (typeof target !== 'number') return returned
      if (!Array.isArray(returned)) return wrong(returned as NumberOrTensor)
      return returned.map((g, i) => (i === target ? wrong(g) : g))
    },
  }
  return withParameters(faulty, layer, (parameter) =>
    parameter.name === target ? () => wrong(parameter.grad) : undefined,
  )
}

/**
 * Gives a faulty layer the weights, buffers and random state of the right one. `gradientOf` may return a function that
 * computes another gradient for a weight.
 */
export function withParameters(
  faulty: CallableLayer,
  right: LayerLike,
  gradientOf: (parameter: Parameter) => (() => NumberOrTensor) | undefined = () => undefined,
): LayerLike {
  const parameters = right.parameters?.bind(right)
  const weights = parameters && {
    parameters: () =>
      parameters().map((parameter) => {
        const gradient = gradientOf(parameter)
        return {
          name: parameter.name,
          value: parameter.value,
          get grad() {
            return (gradient ? gradient() : parameter.grad) as Tensor
          },
        }
      }),
  }
  return exposeState({ ...faulty, ...weights }, right) as unknown as LayerLike
}
