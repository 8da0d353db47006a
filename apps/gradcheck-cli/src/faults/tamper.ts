import type { LayerLike, NetworkLike } from '@gosa/gradcheck'
import { type DType, Tensor } from '@gosa/linalg'
import type { Case } from '../cases/case.ts'

export type Value = number | Tensor

/** A loose view of anything that can be checked, for the one who spoils it. */
export interface Subject {
  forward?(...inputs: unknown[]): Value
  backward?(dout: Value): unknown
  loss?(x: unknown, t: unknown): number
  gradient?(x: unknown, t: unknown): Record<string, Tensor>
  parameters?(): readonly { name: string; value: Tensor; grad?: Tensor }[]
  astype?(dtype: DType): Subject
}

/** Turns a gradient that is right into one that is not. */
export type Change = (gradient: Tensor) => unknown

/** The same case, with the gradient of one variable changed and everything else as it is. */
export function withGradient(given: Case, variable: string, change: Change): Case {
  const { layer, loss, network } = given
  if (network) return { ...given, network: changedNetwork(network as Subject, variable, change) }
  const changed = changedLayer((layer ?? loss) as Subject, inputNames(given), variable, change)
  return layer ? { ...given, layer: changed } : { ...given, loss: changed }
}

/** `x` for one input, `x` and `y` for two, as reports call them. */
export const inputNames = ({ inputs }: Case): string[] =>
  Array.isArray(inputs) ? ['x', 'y'].slice(0, inputs.length) : ['x']

/** What has a gradient in a case, by name. */
export function variablesOf(given: Case): string[] {
  const subject = (given.layer ?? given.loss ?? given.network) as Subject
  const weights = subject.parameters?.().map(({ name }) => name) ?? []
  return given.network ? weights : [...inputNames(given), ...weights]
}

function changedLayer(
  layer: Subject,
  inputs: readonly string[],
  variable: string,
  change: Change,
): LayerLike {
  const apply = (name: string, gradient: unknown): unknown =>
    name === variable ? changed(gradient as Value, change) : gradient
  return {
    forward: (...given: never[]) => layer.forward?.(...given) as Value,
    backward(dout: never) {
      const gradients = layer.backward?.(dout)
      return Array.isArray(gradients)
        ? gradients.map((gradient, i) => apply(inputs[i], gradient))
        : apply('x', gradients)
    },
    parameters: () =>
      (layer.parameters?.() ?? []).map(({ name, value }, i) => ({
        name,
        value,
        get grad() {
          return apply(name, layer.parameters?.()[i].grad) as Tensor
        },
      })),
  }
}

function changedNetwork(network: Subject, variable: string, change: Change): NetworkLike {
  return {
    loss: (x: never, t: never) => network.loss?.(x, t) as number,
    gradient(x: never, t: never) {
      const gradients = network.gradient?.(x, t) ?? {}
      return { ...gradients, [variable]: change(gradients[variable].clone()) }
    },
    parameters: () => (network.parameters?.() ?? []).map(({ name, value }) => ({ name, value })),
    astype: (dtype) => changedNetwork(network.astype?.(dtype) as Subject, variable, change),
  }
}

/** Numbers are changed as tensors of one element. */
function changed(gradient: Value, change: Change): unknown {
  if (gradient instanceof Tensor) return change(gradient.clone())
  const result = change(new Tensor(Float64Array.of(gradient), [1]))
  return result instanceof Tensor ? result.data[0] : result
}
