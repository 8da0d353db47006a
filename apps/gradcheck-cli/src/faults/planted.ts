import { isDeepStrictEqual } from 'node:util'
import type { Case } from '../cases/case.ts'
import { suiteCases } from '../suite/suite-cases.ts'
import { BEHAVIOUR_FAULTS, misbehaving } from './behaviour-faults.ts'
import { drawFrom, type Fault } from './fault.ts'
import { GRADIENT_FAULTS } from './gradient-faults.ts'
import { misbehavingNetwork, NETWORK_FAULTS } from './network-faults.ts'
import { variablesOf, withGradient } from './tamper.ts'
import { transcript } from './transcript.ts'
import { wrongActivations } from './wrong/wrong-activations.ts'
import { wrongAffines } from './wrong/wrong-affine.ts'
import { wrongLosses } from './wrong/wrong-losses.ts'
import { wrongNetworks } from './wrong/wrong-networks.ts'
import { wrongNodes } from './wrong/wrong-nodes.ts'

const WRONG = [wrongNodes, wrongActivations, wrongAffines, wrongLosses, wrongNetworks]

/**
 * Every known fault in every place where it makes a difference: each wrong gradient for each variable of each case of
 * the suite, each misbehaviour for each layer and loss, and the mistakes that people make in one layer or another.
 */
export function plantedFaults(seed: number): Fault[] {
  const known = WRONG.flatMap((make) => make(drawFrom(seed)))
  return [...known, ...suiteCases(seed).flatMap(spoiltIn)]
}

function spoiltIn(given: Case): Fault[] {
  const right = transcript(given)
  const gradients = variablesOf(given).flatMap((variable) =>
    GRADIENT_FAULTS.map(({ name, change }) => ({
      name: `${given.name}: gradient of ${variable}: ${name}`,
      case: withGradient(given, variable, (gradient) => {
        const wrong = change(gradient.clone())
        return wrong === undefined ? gradient : wrong
      }),
    })),
  )
  const behaviours = BEHAVIOUR_FAULTS.flatMap((fault) => {
    const spoilt = misbehaving(given, fault)
    return spoilt ? [{ name: `${given.name}: ${fault.name}`, case: spoilt }] : []
  })
  const networks = NETWORK_FAULTS.flatMap((fault) => {
    const spoilt = misbehavingNetwork(given, fault)
    return spoilt ? [{ name: `${given.name}: ${fault.name}`, case: spoilt }] : []
  })
  return [...gradients, ...behaviours, ...networks].filter(
    (fault) => !isDeepStrictEqual(transcript(fault.case), right),
  )
}
