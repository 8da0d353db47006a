import {
  type CheckOptions,
  checkGradient,
  checkHessian,
  checkJacobian,
  checkLayer,
  checkLoss,
  checkNetwork,
  type LayerLike,
  type LossLike,
  type NetworkLike,
  type Report,
} from '@gosa/gradcheck'
import { createRng, randomNormal } from '@gosa/linalg'
import { toOwnTensor, toTensorOrNumber, wrapForeignTensors } from './foreign-tensors.ts'

/*
 * A case: a layer, loss, network or function with its inputs; and its check by `@gosa/gradcheck`.
 */

/** What is checked and at which values: a case of the built-in suite, or one that a module exports. */
export interface Case {
  /** The name in the report. */
  readonly name: string
  /** An object with `forward` and `backward`, and perhaps `parameters()`; or a function that makes one. */
  readonly layer?: object
  /** An object with `forward(x, t)`, which returns a number, and `backward(dout = 1)`; or a function that makes one. */
  readonly loss?: object
  /**
   * An object with `loss(x, t)`, which returns a number, `gradient(x, t)`, and its weights in `params` or
   * `parameters()`; or a function that makes one.
   */
  readonly network?: object
  /** A function of `x`, with its derivative under the name of its form. */
  readonly f?: (x: never) => unknown
  readonly gradient?: unknown
  readonly jacobian?: unknown
  readonly vjp?: unknown
  readonly jvp?: unknown
  readonly hessian?: unknown
  readonly hvp?: unknown
  /** The only input. */
  readonly x?: unknown
  /** For a layer: its inputs, one for each argument of `forward`. For a loss or a network: the same as `x`. */
  readonly inputs?: unknown
  /** The targets of a loss or a network. */
  readonly t?: unknown
  /** The same as `t`. */
  readonly targets?: unknown
  /** How to check, if the defaults do not fit. */
  readonly options?: CheckOptions
}

/** The shape of the random input of a layer that comes without one. */
const DEFAULT_INPUT_SHAPE = [3, 4]

/**
 * Checks a case; `options` override its own. Returns a promise if its code is asynchronous. Throws what its code throws, and a
 * `TypeError` if something is missing.
 */
export function checkCase(given: Case, options: CheckOptions): Report | Promise<Report> {
  if (given.f === undefined) return checkLayered(given, options)
  const { name, f, gradient, jacobian, vjp, jvp, hessian, hvp, x } = given
  const all: CheckOptions = { ...given.options, ...options, name }
  const second = hessian ? { hessian } : hvp ? { hvp } : undefined
  if (second) return checkHessian(f, gradient as never, second as never, x as never, all)
  if (gradient) return checkGradient(f, gradient as never, x as never, all)
  const forms = Object.entries({ jacobian, vjp, jvp }).filter(([, form]) => form !== undefined)
  return checkJacobian(f, Object.fromEntries(forms) as never, x as never, all)
}

/** Checks a layer, a loss or a network. */
export function checkLayered(given: Case, options: CheckOptions): Report {
  const { name, layer, loss, network, targets, t = targets } = given
  const all: CheckOptions = { ...given.options, ...options, name }
  if (layer) return checkLayer(withOwnTensors<LayerLike>(layer, given), layerInputs(given, all), all)
  const x = toTensorOrNumber(given.x ?? given.inputs, `${name}: x`)
  const target = Array.isArray(t) ? toTensorOrNumber(t, `${name}: t`) : toOwnTensor(t)
  if (loss) return checkLoss(withOwnTensors<LossLike>(loss, given), x as never, target as never, all)
  if (network) {
    const subject = typeof network === 'function' ? network() : network
    return checkNetwork(withOwnTensors<NetworkLike>(subject, given), x, target, all)
  }
  throw new TypeError(`${name}: there is no layer, loss or network to check`)
}

const isClass = (subject: object): boolean =>
  typeof subject === 'function' && /^class\b/.test(Function.prototype.toString.call(subject))

/** The subject, or the function that makes it, for our copy of `@gosa/linalg`. */
function withOwnTensors<T extends object>(subject: object, { x, inputs, t, targets }: Case): T {
  const values = [x, t, targets, ...(Array.isArray(inputs) ? inputs : [inputs])]
  // A class goes on as it is: the check says in words what would fit.
  if (isClass(subject)) return subject as T
  if (typeof subject === 'function') return (() => wrapForeignTensors(subject(), values)) as unknown as T
  return wrapForeignTensors(subject, values) as T
}

function layerInputs({ name, x, inputs }: Case, { seed = 0 }: CheckOptions) {
  if (x !== undefined) return [toTensorOrNumber(x, `${name}: x`)]
  if (inputs === undefined) return [randomNormal(DEFAULT_INPUT_SHAPE, { rng: createRng(seed) })]
  const listed = Array.isArray(inputs) ? inputs : [inputs]
  return listed.map((input, i) => toTensorOrNumber(input, `${name}: input ${i}`))
}
