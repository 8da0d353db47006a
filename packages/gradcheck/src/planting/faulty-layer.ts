import { Tensor } from '@gosa/linalg'
import type { LayerLike, ParameterLike, Value } from '../subject/types.ts'
import { copyOf } from '../subject/values.ts'
import type { GradientFault } from './gradient-faults.ts'
import type { Callable } from './layer-faults.ts'

/** Which gradient a fault is planted in: that of the n-th input, or of a weight by its name. */
export type Target = number | string

/** The same layer with one of its gradients replaced by a wrong one. */
export function withWrongGradient(layer: LayerLike, target: Target, fault: GradientFault): LayerLike {
  const right = layer as unknown as Callable
  let dout: Value = 1
  let samples = 1
  let given: unknown
  const parameters = layer.parameters?.bind(layer)
  const gradients = (): Value[] => [...listOf(given), ...(parameters?.() ?? []).map(({ grad }) => grad)]
  const wrong = (g: Value): Value => {
    const others = gradients().filter((other) => other !== g)
    return fault(g, { dout, others, samples }) ?? g
  }
  const faulty: Callable = {
    forward(...inputs) {
      const [first] = inputs
      samples = first instanceof Tensor && first.rank > 0 ? first.shape[0] : 1
      return right.forward(...inputs)
    },
    backward(received = 1) {
      dout = copyOf(received)
      given = right.backward(received)
      if (typeof target !== 'number') return given
      if (!Array.isArray(given)) return wrong(given as Value)
      return given.map((g, i) => (i === target ? wrong(g) : g))
    },
  }
  return withParameters(faulty, parameters, (own) =>
    own.name === target ? () => wrong(own.grad) : undefined,
  )
}

/** The same layer as `faulty`, with the weights of the right one, some of which get other gradients. */
export function withParameters(
  faulty: Callable,
  parameters: (() => readonly ParameterLike[]) | undefined,
  other: (own: ParameterLike) => (() => Tensor | Value) | undefined = () => undefined,
): LayerLike {
  const shown = parameters && {
    parameters: () =>
      parameters().map((own) => {
        const grad = other(own)
        return {
          name: own.name,
          value: own.value,
          get grad() {
            return (grad ? grad() : own.grad) as Tensor
          },
        }
      }),
  }
  return { ...faulty, ...shown } as unknown as LayerLike
}

const listOf = (given: unknown): Value[] => (Array.isArray(given) ? given : [given as Value])
