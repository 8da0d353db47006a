import {
  type CheckOptions,
  checkLayer,
  checkLoss,
  checkNetwork,
  type LayerLike,
  type LossLike,
  type NetworkLike,
  type Report,
} from '@gosa/gradcheck'
import { createRng, randomNormal } from '@gosa/linalg'
import { adopt } from './adopt.ts'
import type { Case } from './case.ts'
import { toOwn, toValue } from './to-value.ts'

/** Of the input of a layer that comes without one. */
const SHAPE = [3, 4]

/** Checks a case. Throws what its code throws, and a `TypeError` where it does not say what is needed. */
export function checkCase(given: Case, options: CheckOptions): Report {
  const { name, layer, loss, network, targets, t = targets } = given
  const all: CheckOptions = { ...given.options, ...options, name }
  if (layer) return checkLayer(adopted<LayerLike>(layer, given), inputsOf(given, all), all)
  const x = toValue(given.x ?? given.inputs, `${name}: x`)
  const target = Array.isArray(t) ? toValue(t, `${name}: t`) : toOwn(t)
  if (loss) return checkLoss(adopted<LossLike>(loss, given), x as never, target as never, all)
  if (network) return checkNetwork(adopted<NetworkLike>(made(network), given), x, target, all)
  throw new TypeError(`${name}: there is no layer, loss or network to check`)
}

const made = (subject: object): object => (typeof subject === 'function' ? subject() : subject)

function adopted<T extends object>(subject: object, given: Case): T {
  const { x, inputs, t, targets } = given
  const values = [x, t, targets, ...(Array.isArray(inputs) ? inputs : [inputs])]
  if (typeof subject === 'function') return (() => adopt(subject(), values)) as unknown as T
  return adopt(subject, values) as T
}

function inputsOf({ name, x, inputs }: Case, { seed = 0 }: CheckOptions) {
  if (x !== undefined) return [toValue(x, `${name}: x`)]
  if (inputs === undefined) return [randomNormal(SHAPE, { rng: createRng(seed) })]
  const listed = Array.isArray(inputs) ? inputs : [inputs]
  return listed.map((input, i) => toValue(input, `${name}: input ${i}`))
}
