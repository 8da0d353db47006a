import { checkFunctionOf, type ReportOf } from './functions/check-function.ts'
import { type Derivative, gradientForm, jacobianForm, vjpForm } from './functions/derivative-forms.ts'
import { checkFunction } from './functions/function-subject.ts'
import { buildReport } from './report/build-report.ts'
import type { CheckOptions } from './types/options.ts'
import type { Report } from './types/report.ts'

/** Second derivatives of a function, in one of two forms. */
export type HessianForms<X, H> =
  /** The matrix of second derivatives, of shape (…x, …x). */
  | ((x: X) => H)
  | { readonly hessian: (x: X) => H }
  /** Its product with a direction v, in the form of x. */
  | { readonly hvp: (x: X, v: never) => H }

const FORMS = { hessian: jacobianForm, hvp: vjpForm } as const

/**
 * Checks the gradient of a function that returns one number, and its second derivatives: the Hessian, or its product with a
 * direction:
 *
 *     checkHessian((x) => x[0] ** 2 * x[1], (x) => [2 * x[0] * x[1], x[0] ** 2], (x) => [[2 * x[1], 2 * x[0]], [2 * x[0], 0]], [1, 2])
 *     checkHessian(f, gradient, { hvp: (x, v) => … }, x)
 *
 * The second derivatives are compared with those of `gradient`, which is compared with those of f. x and asynchronous functions
 * are as for `checkGradient`. The Hessian of several inputs by name has, by name, the form of x in place of each.
 *
 * Throws as `checkGradient` does.
 */
export function checkHessian<X, Y, G, H>(
  f: (x: X) => Y,
  gradient: (x: X) => G,
  hessian: HessianForms<X, H>,
  x: X,
  options: CheckOptions = {},
): ReportOf<Y | G | H> {
  const forms = typeof hessian === 'function' ? { hessian } : hessian
  const given = Object.keys(FORMS).filter((name) => name in Object(forms)) as (keyof typeof FORMS)[]
  if (given.length !== 1) {
    throw new TypeError('checkHessian: expected a function that returns the Hessian, or { hvp: (x, v) => … }')
  }
  const [name] = given
  const call = (forms as Record<string, unknown>)[name]
  checkFunction('checkHessian', name, call)
  checkFunction('checkHessian', 'gradient', gradient)
  const [caller, derivative] = ['checkHessian', gradient as Derivative]
  const first = checkFunctionOf(
    { caller, f, derivative, form: gradientForm, x, hasManyOutputs: false },
    options,
  )
  const check = {
    caller,
    f: gradient,
    derivative: call as Derivative,
    form: FORMS[name],
    x,
    hasManyOutputs: true,
  }
  const second = checkFunctionOf(check, { ...options, name: 'gradient' })
  const isAsync = first instanceof Promise || second instanceof Promise
  return (
    isAsync ? Promise.all([first, second]).then(([a, b]) => merge(a, b)) : merge(first, second)
  ) as ReportOf<Y | G | H>
}

/** One report of both: the entries of the second derivatives are named `Hessian of …`. */
function merge(gradient: Report, hessian: Report): Report {
  const { name, method, mode, dtype, seed } = gradient
  const named = (of: string): string => `Hessian of ${of}`
  return buildReport({
    name,
    method,
    mode,
    dtype,
    seed,
    entries: [
      ...gradient.entries,
      ...hessian.entries.map((entry) => ({ ...entry, name: named(entry.name) })),
    ],
    findings: [
      ...gradient.findings,
      ...hessian.findings.map(({ message, ...finding }) => ({ ...finding, message: `Hessian: ${message}` })),
    ],
    unchecked: [],
    notes: [
      ...gradient.notes,
      ...hessian.notes.filter((note) => !gradient.notes.includes(note)).map((note) => `Hessian: ${note}`),
    ],
  })
}
