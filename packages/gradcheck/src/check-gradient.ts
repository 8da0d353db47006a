import { checkFunctionOf, type ReportOf } from './functions/check-function.ts'
import { type Derivative, gradientForm } from './functions/derivative-forms.ts'
import { checkFunction } from './functions/function-subject.ts'
import type { CheckOptions } from './types/options.ts'

/**
 * Checks the gradient of any function that returns one number:
 *
 *     checkGradient((x) => x[0] ** 2 + 3 * x[1], (x) => [2 * x[0], 3], [1, 2])
 *
 * x is a number, an array of numbers, nested arrays, a Float64Array or Float32Array, a Tensor, or an object or a list of these;
 * f and `gradient` receive it in this form, and `gradient` returns the same form. Both may return promises, and then so does
 * `checkGradient`. Whatever else x holds is passed on and not differentiated by, such as labels in an Int32Array, and so is
 * what the option `notDifferentiable` names.
 *
 * Errors that the code throws are passed on. Throws a `TypeError` if f or `gradient` is no function or x holds no numbers, a
 * `RangeError` if f returns more than one number, and for invalid options.
 */
export function checkGradient<X, Y, G>(
  f: (x: X) => Y,
  gradient: (x: X) => G,
  x: X,
  options: CheckOptions = {},
): ReportOf<Y | G> {
  checkFunction('checkGradient', 'gradient', gradient)
  const derivative = gradient as Derivative
  const check = { caller: 'checkGradient', f, derivative, form: gradientForm, x, hasManyOutputs: false }
  return checkFunctionOf(check, options) as ReportOf<Y | G>
}
