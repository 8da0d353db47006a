import { Tensor } from '@gosa/linalg'
import { nameOf } from './layer-operation.ts'
import type { Operation, Variable } from './operation.ts'
import { otherThan } from './other-inputs.ts'
import type { NetworkLike } from './types.ts'

/** A network's loss at the given x and t. Throws a `TypeError` where it shows no weights. */
export function networkOperation(network: NetworkLike, x: unknown, t: unknown, name?: string): Operation {
  const loss = network.loss.bind(network) as (x: unknown, t: unknown) => number
  const gradient = network.gradient.bind(network) as (x: unknown, t: unknown) => unknown
  const variables = variablesOf(network)
  const otherX = x instanceof Tensor ? otherThan(x) : x
  return {
    name: name ?? nameOf(network, 'network'),
    constants: [x, t],
    takesDout: false,
    variables,
    forward: () => loss(x, t),
    backward() {
      const given = gradient(x, t) as Record<string, unknown> | undefined
      const held = new Map(network.parameters?.().map((parameter) => [parameter.name, parameter]))
      return variables.map(({ name }) => given?.[name] ?? (held.get(name) as { grad?: unknown })?.grad)
    },
    elsewhere: (change) => networkOperation(network, x instanceof Tensor ? change(x) : x, t, name),
    forwardOther() {
      gradient(otherX, t)
      return loss(otherX, t)
    },
    clear() {},
  }
}

function variablesOf(network: NetworkLike): Variable[] {
  const parameters = network.parameters?.().map(({ name, value }) => [name, value] as const)
  const variables = (parameters ?? Object.entries(network.params ?? {})).filter(
    ([, value]) => value instanceof Tensor,
  )
  if (variables.length === 0) {
    throw new TypeError(
      'checkNetwork: the network must show its weights, as tensors in params by name or in parameters() as ' +
        '{ name, value }',
    )
  }
  return variables.map(([name, value]) => ({ name, value, kind: 'parameter' }))
}
