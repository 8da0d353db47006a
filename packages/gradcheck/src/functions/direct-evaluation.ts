import type { Tensor } from '@gosa/linalg'
import type { CallWatch } from './calls.ts'
import type { Derivative, DerivativeForm } from './derivative-forms.ts'
import type { Evaluation } from './function-operation.ts'
import { argumentOf, type FunctionOutput, type FunctionSubject, readOutput } from './function-subject.ts'

/** Calls the function and its derivative each time. */
export function createDirectEvaluation(
  subject: FunctionSubject,
  form: DerivativeForm,
  derivative: Derivative,
  watch: CallWatch,
): Evaluation {
  const outputAt = (tensors: readonly Tensor[]): FunctionOutput => {
    const argument = argumentOf(subject, tensors)
    const returned = subject.f(argument)
    watch.afterCall(subject.name, argument, tensors)
    return readOutput(subject.name, returned)
  }
  const call = derivative as (...args: unknown[]) => unknown
  let latest: FunctionOutput | undefined
  return {
    output(tensors) {
      latest = outputAt(tensors)
      return latest.tensor
    },
    gradients(tensors, dout) {
      // The form and the shape of the output are the same everywhere.
      const output = latest ?? outputAt(tensors)
      const returned = form.calls(subject, tensors, output, dout).map((args) => {
        const value = call(...args)
        watch.afterCall('the derivative', args[0], tensors)
        return value
      })
      return form.toGradients(subject, returned, output, dout)
    },
  }
}
