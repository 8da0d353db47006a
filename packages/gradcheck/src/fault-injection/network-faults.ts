import { type NetworkLike, Tensor } from '@gosa/linalg'
import { maxAbs } from '../numeric/magnitude.ts'
import { networkOperation } from '../subject/network.ts'
import { exposeState } from '../subject/repeatable.ts'
import { otherInput } from '../subject/test-values.ts'
import { gradientFaults } from './gradient-faults.ts'
import type { PlantedFault } from './planted-fault.ts'

/**
 * The standard faults of a network at x and t: the gradient of one weight is wrong, it belongs to other inputs, or the
 * weights are written into.
 */
export function networkFaults(make: () => NetworkLike, x: unknown, t: unknown): PlantedFault<NetworkLike>[] {
  const right = gradientsOf(make(), x, t)
  const samples = x instanceof Tensor && x.rank > 0 ? x.shape[0] : 1
  // A gradient that cancels, as that of a bias in front of batch normalization, is rounding alone: its sign is no fault.
  const rounding = ROUNDING * Math.max(...Object.values(right).map(({ data }) => maxAbs(data)))
  const inGradients = Object.keys(right).flatMap((name) =>
    Object.entries(gradientFaults).flatMap(([fault, change]) => {
      const wrongGradient = (all: Record<string, Tensor>): Tensor | undefined => {
        const others = Object.entries(all).flatMap(([other, g]) => (other === name ? [] : [g]))
        return change(all[name], { dout: 1, others, samples }) as Tensor | undefined
      }
      const wrong = wrongGradient(right)
      if (!wrong || isSame(wrong, right[name], rounding)) return []
      const makeFaulty = () =>
        withGradients(make(), (all) => ({ ...all, [name]: wrongGradient(all) ?? all[name] }))
      return [{ fault: `${name}: ${fault}`, make: makeFaulty }]
    }),
  )
  return [...inGradients, ...behaviourFaults(make, x, t)]
}

function behaviourFaults(make: () => NetworkLike, x: unknown, t: unknown): PlantedFault<NetworkLike>[] {
  const other = x instanceof Tensor ? otherInput(x) : x
  const [here, there] = [gradientsOf(make(), x, t), gradientsOf(make(), other, t)]
  const dependsOnInput = Object.keys(here).some((name) => !isSame(here[name], there[name]))
  const storesFirstInput = (): NetworkLike => {
    const network = asCallable(make())
    let first: readonly [unknown, unknown] | undefined
    const faulty = {
      ...weightsOf(network),
      loss: (...args: [unknown, unknown]) => network.loss(...args),
      gradient: (...args: [unknown, unknown]) => network.gradient(...(first ??= args)),
    }
    return exposeState(faulty, network)
  }
  const writesIntoWeights = (): NetworkLike => {
    const network = make()
    return withGradients(network, (all) => {
      for (const { value } of networkOperation(network, x, t).variables) value.data[0] += 0.01
      return all
    })
  }
  return [
    ...(dependsOnInput ? [{ fault: 'first input stored forever', make: storesFirstInput }] : []),
    { fault: 'gradient writes into the weights', make: writesIntoWeights },
  ]
}

/** A network as code that calls its methods with any arguments sees it. */
interface CallableNetwork {
  loss(x: unknown, t: unknown): number
  gradient(x: unknown, t: unknown): Record<string, Tensor>
}

const asCallable = (network: NetworkLike): CallableNetwork & NetworkLike =>
  network as unknown as CallableNetwork & NetworkLike

/** The weights of a network under the same names. */
const weightsOf = (network: NetworkLike): Pick<NetworkLike, 'params' | 'parameters'> => ({
  ...(network.params ? { params: network.params } : {}),
  ...(network.parameters ? { parameters: () => network.parameters?.() ?? [] } : {}),
})

/** Wraps a network so that it returns other gradients. */
function withGradients(
  network: NetworkLike,
  change: (all: Record<string, Tensor>) => Record<string, Tensor>,
): NetworkLike {
  const faulty = {
    ...weightsOf(network),
    loss: (...args: [unknown, unknown]) => asCallable(network).loss(...args),
    gradient: (x: unknown, t: unknown) => change(gradientsOf(network, x, t)),
  }
  return exposeState(faulty, network)
}

/** Copies of the gradients by name. */
function gradientsOf(network: NetworkLike, x: unknown, t: unknown): Record<string, Tensor> {
  const operation = networkOperation(network, x, t)
  const returned = operation.backward(1)
  return Object.fromEntries(operation.variables.map(({ name }, i) => [name, (returned[i] as Tensor).clone()]))
}

/** A difference of this part of a gradient is rounding. */
const ROUNDING = 1e-12

/** Whether gradients are equal but for rounding: in proportion to each, or at most `rounding`. */
const isSame = (a: Tensor, b: Tensor, rounding = 0): boolean =>
  a.dtype === b.dtype &&
  a.shape.join() === b.shape.join() &&
  a.data.every((one, i) => Math.abs(one - b.data[i]) <= Math.max(ROUNDING * Math.abs(one), rounding))
