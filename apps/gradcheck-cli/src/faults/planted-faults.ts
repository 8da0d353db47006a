import type { LayerLike, LossLike, NetworkLike } from '@gosa/gradcheck'
import {
  injectLayerFaults,
  injectLossFaults,
  injectNetworkFaults,
  type PlantedFault,
} from '@gosa/gradcheck/faults'
import { Tensor } from '@gosa/linalg'
import type { Case } from '../cases/case.ts'
import { suiteCases } from '../cases/suite.ts'
import { createRandomValues, type Fault } from './fault.ts'
import { faultyActivations } from './faulty-examples/faulty-activations.ts'
import { faultyAffines } from './faulty-examples/faulty-affine.ts'
import { faultyConvNets } from './faulty-examples/faulty-convnets.ts'
import { faultyConvolutions } from './faulty-examples/faulty-convolution.ts'
import { faultyDropouts } from './faulty-examples/faulty-dropout.ts'
import { faultyEmbeddings } from './faulty-examples/faulty-embedding.ts'
import { faultyLosses } from './faulty-examples/faulty-losses.ts'
import { faultyNetworks } from './faulty-examples/faulty-networks.ts'
import { faultyNodes } from './faulty-examples/faulty-nodes.ts'
import { faultyNormalizations } from './faulty-examples/faulty-normalization.ts'
import { faultyPoolings } from './faulty-examples/faulty-pooling.ts'

/*
 * All faults that the checker must catch.
 */

const EXAMPLES = [
  faultyNodes,
  faultyActivations,
  faultyAffines,
  faultyLosses,
  faultyNetworks,
  faultyConvolutions,
  faultyPoolings,
  faultyNormalizations,
  faultyDropouts,
  faultyEmbeddings,
  faultyConvNets,
]

/**
 * All known faults: the examples, and the standard faults of `@gosa/gradcheck/faults` planted into every case of the
 * suite wherever they change a result.
 */
export function plantedFaults(seed: number): Fault[] {
  // In float32 a fault of 0.1 % is within the rounding error, and a planted network has no float64 copy.
  const cases = suiteCases(seed).filter(({ x }) => !(x instanceof Tensor && x.dtype === 'float32'))
  return [...faultyExamples(seed), ...cases.flatMap(standardFaults)]
}

/** The mistakes that people make, each written out as a faulty layer, loss or network. */
export const faultyExamples = (seed: number): Fault[] =>
  EXAMPLES.flatMap((examples) => examples(createRandomValues(seed)))

function standardFaults(given: Case): Fault[] {
  const { name, layer, loss, network, x, t, options } = given
  const toFaults = <T>(kind: 'layer' | 'loss' | 'network', planted: readonly PlantedFault<T>[]): Fault[] =>
    planted.map(({ fault, make }) => ({ name: `${name}: ${fault}`, case: { ...given, [kind]: make } }))
  if (layer) {
    return toFaults(
      'layer',
      injectLayerFaults(layer as () => LayerLike, inputsOf(given), { train: options?.train }),
    )
  }
  if (loss) return toFaults('loss', injectLossFaults(loss as () => LossLike, x as Tensor, t))
  return toFaults('network', injectNetworkFaults(network as () => NetworkLike, x, t))
}

const inputsOf = ({ x, inputs }: Case) => (x === undefined ? inputs : [x]) as readonly (number | Tensor)[]
