import type { LayerLike, ParameterLike } from '../subject/types.ts'
import { withParameters } from './faulty-layer.ts'
import type { Callable } from './layer-faults.ts'

/** The standard faults that only layers with weights can have, by name. */
export const weightFaults: Readonly<Record<string, (layer: LayerLike) => LayerLike>> = {
  'gradients added up': (layer) => {
    const right = layer as unknown as Callable
    const sums = new Map<string, Float64Array>()
    const parameters = layer.parameters?.bind(layer)
    const faulty: Callable = {
      forward: (...given) => right.forward(...given),
      backward(dout) {
        const answer = right.backward(dout)
        for (const { name, grad } of parameters?.() ?? []) {
          const sum = sums.get(name) ?? new Float64Array(grad.size)
          sums.set(
            name,
            sum.map((one, i) => one + grad.data[i]),
          )
        }
        return answer
      },
    }
    return withParameters(faulty, parameters, (own) => () => {
      const total = own.grad.clone()
      total.data.set(sums.get(own.name) ?? total.data)
      return total
    })
  },
  'backward writes into the weights': (layer) => {
    const right = layer as unknown as Callable
    const parameters = layer.parameters?.bind(layer) as (() => readonly ParameterLike[]) | undefined
    const faulty: Callable = {
      forward: (...given) => right.forward(...given),
      backward(dout) {
        const answer = right.backward(dout)
        for (const { value } of parameters?.() ?? []) value.data[0] += 0.01
        return answer
      },
    }
    return withParameters(faulty, parameters)
  },
}
