import type { NumberOrTensor, Tensor } from '@gosa/linalg'
import type { Operation } from '../subject/operation.ts'
import { otherInput } from '../subject/test-values.ts'
import type { FunctionSubject } from './function-subject.ts'

/** A function of plain values with its derivative, as an `Operation`. */

/** How outputs and gradients are computed: by calling the code, or by looking up what it returned before. */
export interface Evaluation {
  output(tensors: readonly Tensor[]): NumberOrTensor
  gradients(tensors: readonly Tensor[], dout: NumberOrTensor): unknown[]
}

/** The operation at the given tensors, which are perturbed in place. */
export function functionOperation(
  subject: FunctionSubject,
  evaluation: Evaluation,
  { takesDout, tensors }: { takesDout: boolean; tensors: readonly Tensor[] },
): Operation {
  const { name, differentiable, notes } = subject
  return {
    name,
    notes,
    constants: [],
    takesDout,
    variables: tensors.map((value, i) => ({ name: differentiable[i].name, value, kind: 'input' })),
    forward: () => evaluation.output(tensors),
    backward: (dout) => evaluation.gradients(tensors, dout),
    withInputs: (transform) =>
      functionOperation(subject, evaluation, { takesDout, tensors: tensors.map(transform) }),
    forwardOtherInputs() {
      const others = tensors.map(otherInput)
      const output = evaluation.output(others)
      if (!takesDout) evaluation.gradients(others, 1)
      return output
    },
    findUncheckedWeights: () => [],
    zeroGradients() {},
  }
}
