import type { LayerLike, LossLike, NetworkLike } from '@gosa/gradcheck'
import { type Planted, plantInLayer, plantInLoss, plantInNetwork } from '@gosa/gradcheck/faults'
import { Tensor } from '@gosa/linalg'
import type { Case } from '../cases/case.ts'
import { suiteCases } from '../suite/suite-cases.ts'
import { drawFrom, type Fault } from './fault.ts'
import { wrongActivations } from './wrong/wrong-activations.ts'
import { wrongAffines } from './wrong/wrong-affine.ts'
import { wrongLosses } from './wrong/wrong-losses.ts'
import { wrongNetworks } from './wrong/wrong-networks.ts'
import { wrongNodes } from './wrong/wrong-nodes.ts'

const WRONG = [wrongNodes, wrongActivations, wrongAffines, wrongLosses, wrongNetworks]

/**
 * Every known fault: the standard ones of `@gosa/gradcheck/faults`, planted into every case of the suite wherever they
 * show; and the mistakes that people make in one layer or another.
 */
export function plantedFaults(seed: number): Fault[] {
  // In float32 a fault of 0.1 % cannot be told from rounding, and a planted network has no copy in float64.
  const cases = suiteCases(seed).filter(({ x }) => !(x instanceof Tensor && x.dtype === 'float32'))
  return [...knownMistakes(seed), ...cases.flatMap(standardFaults)]
}

/** The mistakes that people make, in code of their own each. */
export const knownMistakes = (seed: number): Fault[] => WRONG.flatMap((make) => make(drawFrom(seed)))

function standardFaults(given: Case): Fault[] {
  const { name, layer, loss, network, x, t } = given
  const named = <T>(kind: 'layer' | 'loss' | 'network', planted: readonly Planted<T>[]): Fault[] =>
    planted.map(({ fault, make }) => ({ name: `${name}: ${fault}`, case: { ...given, [kind]: make } }))
  if (layer) return named('layer', plantInLayer(layer as () => LayerLike, inputsOf(given)))
  if (loss) return named('loss', plantInLoss(loss as () => LossLike, x as Tensor, t))
  return named('network', plantInNetwork(network as () => NetworkLike, x, t))
}

const inputsOf = ({ x, inputs }: Case) => (x === undefined ? inputs : [x]) as readonly (number | Tensor)[]
