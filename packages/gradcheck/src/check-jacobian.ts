import { checkFunctionOf, type ReportOf } from './functions/check-function.ts'
import { type Derivative, jacobianForm, jvpForm, vjpForm } from './functions/derivative-forms.ts'
import { checkFunction } from './functions/function-subject.ts'
import type { CheckOptions } from './types/options.ts'

/** The derivative of a function with several outputs, in one of three forms. */
export type JacobianForms<X, J> =
  /** ∂output/∂x, with the axes of the output first. */
  | ((x: X) => J)
  | { readonly jacobian: (x: X) => J }
  /** `Jᵀ·dout`, in the form of x; `dout` has the form of the output. */
  | { readonly vjp: (x: X, dout: never) => J }
  /** `J·dx`, in the form of the output; `dx` has the form of x. */
  | { readonly jvp: (x: X, dx: never) => J }

const FORMS = { jacobian: jacobianForm, vjp: vjpForm, jvp: jvpForm } as const

/**
 * Checks the derivative of a function with any outputs: its Jacobian, or the product with it on either side:
 *
 *     checkJacobian((x) => [x[0] * x[1], x[0]], (x) => [[x[1], x[0]], [1, 0]], [2, 3])
 *     checkJacobian(f, { vjp: (x, dout) => … }, x)
 *     checkJacobian(f, { jvp: (x, dx) => … }, x)
 *
 * x, the output and asynchronous functions are as for `checkGradient`; the output may also be an object or a list of arrays.
 * The Jacobian of several outputs by several inputs has the form of the output, with the form of x in place of each array.
 *
 * Errors that the code throws are passed on. Throws a `TypeError` if f or the derivative is no function or x holds no
 * numbers, a `RangeError` for invalid options.
 */
export function checkJacobian<X, Y, J>(
  f: (x: X) => Y,
  derivative: JacobianForms<X, J>,
  x: X,
  options: CheckOptions = {},
): ReportOf<Y | J> {
  const forms = typeof derivative === 'function' ? { jacobian: derivative } : derivative
  const given = Object.keys(FORMS).filter((name) => name in Object(forms)) as (keyof typeof FORMS)[]
  if (given.length !== 1) {
    throw new TypeError(
      'checkJacobian: expected one derivative: a function that returns the Jacobian, { vjp: (x, dout) => … } or ' +
        '{ jvp: (x, dx) => … }',
    )
  }
  const [name] = given
  const call = (forms as Record<string, unknown>)[name]
  checkFunction('checkJacobian', name, call)
  const check = {
    caller: 'checkJacobian',
    f,
    derivative: call as Derivative,
    form: FORMS[name],
    x,
    hasManyOutputs: true,
  }
  return checkFunctionOf(check, options) as ReportOf<Y | J>
}
