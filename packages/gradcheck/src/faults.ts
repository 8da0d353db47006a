import { type Target, withParameters, withWrongGradient } from './planting/faulty-layer.ts'
import { gradientFaults } from './planting/gradient-faults.ts'
import { asCallable, layerFaults } from './planting/layer-faults.ts'
import { networkFaults } from './planting/network-faults.ts'
import { differ, observe } from './planting/observe.ts'
import { weightFaults } from './planting/weight-faults.ts'
import type { LayerLike, LossLike, NetworkLike, Value } from './subject/types.ts'

/** A layer, loss or network with a known fault. */
export interface Planted<T> {
  /** What is wrong: `W: wrong sign`, `dout ignored`. */
  readonly fault: string
  /** Makes one that has the fault. */
  make(): T
}

/**
 * Plants every standard fault into a layer, one at a time: in the gradient of each input and weight, and in how it behaves.
 * Only those that show at the given inputs: the sign of a gradient that is 0 does not. `make` makes a layer without fault,
 * a new one each time.
 */
export function plantInLayer(make: () => LayerLike, inputs: Value | readonly Value[]): Planted<LayerLike>[] {
  return plant(make, Array.isArray(inputs) ? inputs : [inputs], [])
}

/** The same for a loss at x and t. */
export function plantInLoss(make: () => LossLike, x: Value, t: unknown): Planted<LossLike>[] {
  return plant(make as unknown as () => LayerLike, [x], [t]) as unknown as Planted<LossLike>[]
}

/** The same for a network at x and t. */
export function plantInNetwork(make: () => NetworkLike, x: unknown, t: unknown): Planted<NetworkLike>[] {
  return networkFaults(make, x, t)
}

function plant(
  make: () => LayerLike,
  inputs: readonly Value[],
  constants: readonly unknown[],
): Planted<LayerLike>[] {
  const right = observe(make(), inputs, constants)
  const names = (make().parameters?.() ?? []).map(({ name }) => name)
  const targets: Target[] = [...inputs.keys(), ...names]
  const planted: Planted<LayerLike>[] = [
    ...targets.flatMap((target) =>
      Object.entries(gradientFaults).map(([fault, wrong]) => ({
        fault: `${nameOf(target, inputs.length)}: ${fault}`,
        make: () => withWrongGradient(make(), target, wrong),
      })),
    ),
    ...Object.entries(layerFaults).map(([fault, wrong]) => ({
      fault,
      make: () => {
        const layer = make()
        return withParameters(wrong(asCallable(layer)), layer.parameters?.bind(layer))
      },
    })),
    ...Object.entries(weightFaults).map(([fault, wrong]) => ({ fault, make: () => wrong(make()) })),
  ]
  return planted.filter((one) => differ(right, observe(one.make(), inputs, constants)))
}

const nameOf = (target: Target, inputs: number): string => {
  if (typeof target === 'string') return target
  return inputs > 2 ? `x${target}` : 'xy'[target]
}
