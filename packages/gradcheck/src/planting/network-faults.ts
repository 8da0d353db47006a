import { Tensor } from '@gosa/linalg'
import type { Planted } from '../faults.ts'
import { networkOperation } from '../subject/network-operation.ts'
import { otherThan } from '../subject/other-inputs.ts'
import type { NetworkLike } from '../subject/types.ts'
import { gradientFaults } from './gradient-faults.ts'

interface CallableNetwork {
  loss(x: unknown, t: unknown): number
  gradient(x: unknown, t: unknown): Record<string, Tensor>
}

/** Networks whose gradient of one weight is wrong, or which answer for other inputs, or spoil what they are given. */
export function networkFaults(make: () => NetworkLike, x: unknown, t: unknown): Planted<NetworkLike>[] {
  const right = gradientsOf(make(), x, t)
  const samples = x instanceof Tensor && x.rank > 0 ? x.shape[0] : 1
  const inGradients = Object.keys(right).flatMap((name) =>
    Object.entries(gradientFaults).flatMap(([fault, wrong]) => {
      const spoilt = (all: Record<string, Tensor>): Tensor | undefined => {
        const others = Object.entries(all).flatMap(([other, g]) => (other === name ? [] : [g]))
        return wrong(all[name], { dout: 1, others, samples }) as Tensor | undefined
      }
      const shown = spoilt(right)
      if (!shown || same(shown, right[name])) return []
      const planted = () => faulty(make(), (all) => ({ ...all, [name]: spoilt(all) ?? all[name] }))
      return [{ fault: `${name}: ${fault}`, make: planted }]
    }),
  )
  return [...inGradients, ...behaviours(make, x, t)]
}

function behaviours(make: () => NetworkLike, x: unknown, t: unknown): Planted<NetworkLike>[] {
  const other = x instanceof Tensor ? otherThan(x) : x
  const [here, there] = [gradientsOf(make(), x, t), gradientsOf(make(), other, t)]
  const depends = Object.keys(here).some((name) => !same(here[name], there[name]))
  const answersForFirst = (): NetworkLike => {
    const network = callable(make())
    let first: readonly [unknown, unknown] | undefined
    return {
      ...shown(network),
      loss: (...given: [unknown, unknown]) => network.loss(...given),
      gradient: (...given: [unknown, unknown]) => network.gradient(...(first ??= given)),
    }
  }
  const movesWeights = (): NetworkLike => {
    const network = make()
    return faulty(network, (all) => {
      for (const { value } of networkOperation(network, x, t).variables) value.data[0] += 0.01
      return all
    })
  }
  return [
    ...(depends ? [{ fault: 'first input kept for ever', make: answersForFirst }] : []),
    { fault: 'gradient writes into the weights', make: movesWeights },
  ]
}

const callable = (network: NetworkLike): CallableNetwork & NetworkLike =>
  network as unknown as CallableNetwork & NetworkLike

/** The weights of a network, under the same names. */
const shown = (network: NetworkLike): Pick<NetworkLike, 'params' | 'parameters'> => ({
  ...(network.params ? { params: network.params } : {}),
  ...(network.parameters ? { parameters: () => network.parameters?.() ?? [] } : {}),
})

function faulty(
  network: NetworkLike,
  change: (all: Record<string, Tensor>) => Record<string, Tensor>,
): NetworkLike {
  const right = callable(network)
  return {
    ...shown(network),
    loss: (x: unknown, t: unknown) => right.loss(x, t),
    gradient: (x: unknown, t: unknown) => change(gradientsOf(network, x, t)),
  }
}

/** Copies of the gradients by name. */
function gradientsOf(network: NetworkLike, x: unknown, t: unknown): Record<string, Tensor> {
  const operation = networkOperation(network, x, t)
  const given = operation.backward(1)
  return Object.fromEntries(operation.variables.map(({ name }, i) => [name, (given[i] as Tensor).clone()]))
}

const same = (a: Tensor, b: Tensor): boolean =>
  a.dtype === b.dtype &&
  a.shape.join() === b.shape.join() &&
  a.data.every((one, i) => Math.abs(one - b.data[i]) <= 1e-12 * Math.abs(one))
