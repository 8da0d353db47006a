import type { LayerLike, LossLike, NetworkLike, NumberOrTensor } from '@gosa/linalg'
import { checkFunction, checkOptions, showValue } from '@gosa/linalg/options'
import { inputName } from '../subject/layer-or-loss.ts'
import { type FaultTarget, withWrongGradient } from './faulty-layer.ts'
import { gradientFaults } from './gradient-faults.ts'
import { applyLayerFault, layerFaults, weightFaults } from './layer-faults.ts'
import { networkFaults } from './network-faults.ts'
import { differ, observe, type PlantedFault } from './planted-fault.ts'
import { trainingFaults } from './training-faults.ts'

/** Fault injection into layers, losses and networks: `injectLayerFaults`, `injectLossFaults`, `injectNetworkFaults`. */

/**
 * Plants every standard fault into a layer, one at a time, in the gradient of each input and weight and in
 * its behaviour. Returns only the faults that are visible at the given inputs: the wrong sign of a zero gradient is not.
 * `make` makes a right layer, a new one each time. With `train: true` the faults are those of a training pass.
 */
export function injectLayerFaults(
  make: () => LayerLike,
  inputs: NumberOrTensor | readonly NumberOrTensor[],
  options?: { train?: boolean },
): PlantedFault<LayerLike>[] {
  const { train } = checkOptions('injectLayerFaults', options, ['train'])
  checkMake('injectLayerFaults', make, ['forward', 'backward'])
  return injectFaults(make, Array.isArray(inputs) ? inputs : [inputs], train === undefined ? [] : [{ train }])
}

/** Plants every standard fault into a loss at x and t, one at a time, as `injectLayerFaults` does. */
export function injectLossFaults(
  make: () => LossLike,
  x: NumberOrTensor,
  t: unknown,
): PlantedFault<LossLike>[] {
  checkMake('injectLossFaults', make, ['forward', 'backward'])
  return injectFaults(make as unknown as () => LayerLike, [x], [t]) as unknown as PlantedFault<LossLike>[]
}

/** Plants every standard fault into a network at x and t, one at a time, as `injectLayerFaults` does. */
export function injectNetworkFaults(
  make: () => NetworkLike,
  x: unknown,
  t: unknown,
): PlantedFault<NetworkLike>[] {
  checkMake('injectNetworkFaults', make, ['loss', 'gradient'])
  return networkFaults(make, x, t)
}

/** Throws a `TypeError` unless `make` makes something with these methods. */
function checkMake(caller: string, make: () => unknown, methods: readonly string[]): void {
  checkFunction(caller, 'make', make)
  const made = Object(make())
  if (methods.every((method) => typeof made[method] === 'function')) return
  throw new TypeError(
    `${caller}: make must return an object with ${methods.join(' and ')}, not ${showValue(make())}`,
  )
}

function injectFaults(
  make: () => LayerLike,
  inputs: readonly NumberOrTensor[],
  furtherArguments: readonly unknown[],
): PlantedFault<LayerLike>[] {
  const right = observe(make(), inputs, furtherArguments)
  const weights = (make().parameters?.() ?? []).map(({ name }) => name)
  const targets: FaultTarget[] = [...inputs.keys(), ...weights]
  const planted: PlantedFault<LayerLike>[] = [
    ...targets.flatMap((target) =>
      Object.entries(gradientFaults).map(([fault, change]) => ({
        fault: `${typeof target === 'number' ? inputName(target, inputs.length) : target}: ${fault}`,
        make: () => withWrongGradient(make(), target, change),
      })),
    ),
    ...Object.entries({ ...layerFaults, ...trainingFaults }).map(([fault, wrap]) => ({
      fault,
      make: () => applyLayerFault(make(), wrap),
    })),
    ...Object.entries(weightFaults).map(([fault, wrap]) => ({ fault, make: () => wrap(make()) })),
  ]
  return planted.filter((one) => differ(right, observe(one.make(), inputs, furtherArguments)))
}
