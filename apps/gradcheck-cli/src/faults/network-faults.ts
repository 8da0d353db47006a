import { Tensor } from '@gosa/linalg'
import type { Case } from '../cases/case.ts'
import type { Subject } from './tamper.ts'

/** A way in which a network can misbehave, whatever it computes. */
export interface NetworkFault {
  readonly name: string
  readonly spoil: (network: Required<Pick<Subject, 'loss' | 'gradient'>> & Subject) => Partial<Subject>
}

const write = (value: unknown): void => {
  if (value instanceof Tensor) value.data[0] += 0.25
}

const squares = (value?: Tensor): number =>
  Array.from(value?.data ?? []).reduce((sum, each) => sum + each ** 2, 0)

export const NETWORK_FAULTS: readonly NetworkFault[] = [
  {
    name: 'loss writes into x',
    spoil: (network) => ({
      loss(x, t) {
        const loss = network.loss(x, t)
        write(x)
        return loss
      },
    }),
  },
  {
    name: 'gradient writes into x',
    spoil: (network) => ({
      gradient(x, t) {
        const gradients = network.gradient(x, t)
        write(x)
        return gradients
      },
    }),
  },
  {
    name: 'the gradient is that of the x before the latest',
    spoil(network) {
      let [before, latest]: unknown[] = []
      return {
        gradient(x, t) {
          before = latest ?? x
          latest = (x as Tensor).clone()
          return network.gradient(before, t)
        },
      }
    },
  },
  {
    name: 'the loss is not repeatable',
    spoil(network) {
      let passes = 0
      return { loss: (x, t) => network.loss(x, t) + 1e-3 * passes++ }
    },
  },
  {
    name: 'a second term in the loss alone',
    spoil: (network) => ({
      loss: (x, t) => network.loss(x, t) + 0.01 * squares(network.parameters?.()[0].value),
    }),
  },
]

/** The case with a network that misbehaves; undefined for anything else. */
export function misbehavingNetwork(given: Case, { spoil }: NetworkFault): Case | undefined {
  if (!given.network) return undefined
  const spoilt = (network: Subject): Subject => {
    const own = {
      loss: network.loss?.bind(network) as Required<Subject>['loss'],
      gradient: network.gradient?.bind(network) as Required<Subject>['gradient'],
      parameters: () => network.parameters?.() ?? [],
    }
    return { ...own, astype: (dtype) => spoilt(network.astype?.(dtype) as Subject), ...spoil(own) }
  }
  return { ...given, network: spoilt(given.network as Subject) }
}
