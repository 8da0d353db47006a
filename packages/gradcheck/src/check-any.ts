import type { LayerLike, LossLike, NetworkLike, NumberOrTensor } from '@gosa/linalg'
import { checkLayer } from './check-layer.ts'
import { checkLoss } from './check-loss.ts'
import { checkNetwork } from './check-network.ts'
import type { CheckOptions } from './types/options.ts'
import type { Report } from './types/report.ts'

/**
 * Finds out whether a subject is a layer, a loss or a network, and checks it. The matchers and `assertGradcheck` take
 * any of them.
 */

/** What the matchers and `assertGradcheck` take: a layer, a loss or a network, or a function that makes a layer or a loss. */
export type Checkable = LayerLike | LossLike | NetworkLike | (() => LayerLike | LossLike)

/** The arguments of a check after its subject: the inputs of a layer, or x and t of a loss or a network; then options. */
export type CheckArguments =
  | readonly [inputs: NumberOrTensor | readonly NumberOrTensor[], options?: CheckOptions]
  | readonly [x: unknown, t: unknown, options?: CheckOptions]

/**
 * Checks a layer, a loss or a network: a network if it has `gradient`; else a loss if there is a `t`, which is anything but
 * an options object; else a layer.
 */
export function checkAny(subject: Checkable, args: CheckArguments): Report {
  const [x, second, third] = args
  if (isNetwork(subject)) return checkNetwork(subject, x, second, third)
  if (args.length > 2 || (second !== undefined && !isOptions(second))) {
    return checkLoss(subject as LossLike, x as never, second, third)
  }
  return checkLayer(subject as LayerLike, x as NumberOrTensor, second as CheckOptions | undefined)
}

const isNetwork = (subject: Checkable): subject is NetworkLike =>
  'gradient' in subject && typeof subject.gradient === 'function'

/** Options are a plain object; labels are arrays, typed arrays or tensors. */
const isOptions = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
