import { type NetworkLike, Tensor } from '@gosa/linalg'
import { classNameOf } from './layer-or-loss.ts'
import { NoGradient, type Operation, type Variable } from './operation.ts'
import { isStateful, saveState } from './repeatable.ts'
import { otherInput, otherLabels } from './test-values.ts'

/** The loss of a network at x and t as an operation. Throws a `TypeError` if the network does not expose its weights. */
export function networkOperation(network: NetworkLike, x: unknown, t: unknown, name?: string): Operation {
  const ownLoss = network.loss.bind(network) as (x: unknown, t: unknown, options?: object) => number
  const ownGradient = network.gradient.bind(network) as (x: unknown, t: unknown) => unknown
  const restore = saveState(network)
  // Only where it matters: the third argument of another network's loss may be anything.
  const options = isStateful(network) ? [{ train: true }] : []
  const loss = (x: unknown, t: unknown): number => {
    restore()
    return ownLoss(x, t, ...options)
  }
  const gradient = (x: unknown, t: unknown): unknown => {
    restore()
    return ownGradient(x, t)
  }
  const variables = weightsOf(network)
  const [otherX, otherT] = [x instanceof Tensor ? otherInput(x) : x, otherLabels(t)]
  return {
    name: name ?? classNameOf(network, 'network'),
    constants: [x, t],
    takesDout: false,
    variables,
    forward: () => loss(x, t),
    backward() {
      const returned = gradient(x, t) as Record<string, unknown> | undefined
      const parameters = new Map(network.parameters?.().map((parameter) => [parameter.name, parameter]))
      return variables.map(
        ({ name }) =>
          returned?.[name] ?? (parameters.get(name) as { grad?: unknown })?.grad ?? missingIn(returned, name),
      )
    },
    withInputs: (transform) => networkOperation(network, x instanceof Tensor ? transform(x) : x, t, name),
    withOtherLabels: () => networkOperation(network, x, otherT, name),
    forwardOtherInputs() {
      try {
        gradient(otherX, otherT)
        return loss(otherX, otherT)
      } catch {
        gradient(otherX, t)
        return loss(otherX, t)
      }
    },
    findUncheckedWeights: () => [],
    zeroGradients() {},
  }
}

/** What came back where a gradient of this name was expected. */
function missingIn(returned: unknown, name: string): unknown {
  if (typeof returned !== 'object' || returned === null) return returned
  const names = Object.keys(returned)
  const plain = (one: string): string => one.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
  const meant = names.find((one) => plain(one) === plain(name))
  return new NoGradient(
    `an object with ${names.join(', ') || 'no gradients'}${meant === undefined ? '' : `: is ${meant} meant?`}`,
  )
}

function weightsOf(network: NetworkLike): Variable[] {
  const parameters = network.parameters?.().map(({ name, value }) => [name, value] as const)
  const weights = (parameters ?? Object.entries(network.params ?? {})).filter(
    ([, value]) => value instanceof Tensor,
  )
  if (weights.length === 0) {
    throw new TypeError(
      'checkNetwork: the network must expose its weights, as tensors in params by name or in parameters() as ' +
        '{ name, value }',
    )
  }
  return weights.map(([name, value]) => ({ name, value, kind: 'parameter' }))
}
