import { checkLayer } from '../check-layer.ts'
import { checkLoss } from '../check-loss.ts'
import { checkNetwork } from '../check-network.ts'
import type { CheckOptions } from '../options.ts'
import type { Report } from '../report/report.ts'
import type { LayerLike, LossLike, NetworkLike, Value } from '../subject/types.ts'

/** What can be checked: a layer, a loss or a network, or a function that makes a layer or a loss. */
export type Checkable = LayerLike | LossLike | NetworkLike | (() => LayerLike | LossLike)

/** What it is checked at: the inputs of a layer; x and t of a loss or a network. */
export type CheckedAt =
  | readonly [inputs: Value | readonly Value[], options?: CheckOptions]
  | readonly [x: unknown, t: unknown, options?: CheckOptions]

/**
 * Checks whatever is given: a network, if it has `gradient`; a loss, if there is a `t`, which is anything but options; else
 * a layer.
 */
export function checkAny(subject: Checkable, at: CheckedAt): Report {
  const [x, second, third] = at
  if (isNetwork(subject)) return checkNetwork(subject, x, second, third)
  if (at.length > 2 || (second !== undefined && !isOptions(second))) {
    return checkLoss(subject as LossLike, x as never, second, third)
  }
  return checkLayer(subject as LayerLike, x as Value, second as CheckOptions | undefined)
}

/** What a matcher answers. */
export interface MatcherResult {
  readonly pass: boolean
  message(): string
}

/** The matcher itself, the same for vitest and jest: inconclusive is no pass. */
export function toPassGradcheck(subject: Checkable, ...at: CheckedAt): MatcherResult {
  const report = checkAny(subject, at)
  return {
    pass: report.ok,
    message: () =>
      report.ok
        ? `expected the gradients of ${report.name} to be wrong, but they are right\n\n${report}`
        : `expected the gradients of ${report.name} to be right\n\n${report}`,
  }
}

const isNetwork = (subject: Checkable): subject is NetworkLike =>
  'gradient' in subject && typeof subject.gradient === 'function'

/** A plain object; labels are arrays, typed arrays or tensors. */
const isOptions = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
