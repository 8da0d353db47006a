import { mul, scale, square, sub, sum, type Tensor, tensor } from '@gosa/linalg'
import { MeanSquaredErrorLoss, SoftmaxWithLoss } from '@gosa/losses'
import type { Fault, RandomValues } from '../fault.ts'

/*
 * Faulty examples: common mistakes in SoftmaxWithLoss and MeanSquaredErrorLoss, written out.
 */

type Backward = (dout: number, y: Tensor, t: Tensor) => Tensor

/** Common mistakes in SoftmaxWithLoss and MeanSquaredErrorLoss. */
export const faultyLosses = ({ values }: RandomValues): Fault[] => {
  const oneHot = tensor([
    [1, 0, 0, 0],
    [0, 0, 0, 1],
    [0, 1, 0, 0],
  ])
  const soft = tensor([
    [0.1, 0.2, 0.3, 0.4],
    [0.7, 0.1, 0.1, 0.1],
    [0, 0.5, 0.25, 0.25],
  ])
  const softmax = (name: string, backward: Backward, t = oneHot) => {
    const correct = new SoftmaxWithLoss()
    const loss = {
      forward: (x: Tensor, labels: Tensor) => correct.forward(x, labels),
      backward: (dout = 1) => backward(dout, correct.y, t),
    }
    return { name: `SoftmaxWithLoss: ${name}`, case: { name, loss, x: values(3, 4), t } }
  }
  const squared = (name: string, backward: Backward) => {
    const correct = new MeanSquaredErrorLoss()
    let y: Tensor
    const t = values(3, 4)
    const loss = {
      forward(x: Tensor) {
        y = x
        return correct.forward(x, t)
      },
      backward: (dout = 1) => backward(dout, y, t),
    }
    return { name: `MeanSquaredErrorLoss: ${name}`, case: { name, loss, x: values(3, 4), t } }
  }
  const [N, C, n] = [3, 4, 12]
  return [
    softmax('1/N is missing', (dout, y, t) => scale(sub(y, t), dout)),
    softmax('1/C in place of 1/N', (dout, y, t) => scale(sub(y, t), dout / C)),
    softmax('1/N is applied twice', (dout, y, t) => scale(sub(y, t), dout / N ** 2)),
    softmax('t is not subtracted', (dout, y) => scale(y, dout / N)),
    softmax('t − y in place of y − t', (dout, y, t) => scale(sub(t, y), dout / N)),
    softmax('only the diagonal of the Jacobian', (dout, y, t) =>
      scale(mul(mul(y, sub(1, y)), sub(y, t)), dout / N),
    ),
    softmax('the derivative of softmax is applied twice', (dout, y, t) => {
      const g = scale(sub(y, t), dout / N)
      return mul(y, sub(g, sum(mul(g, y), { axis: 1, keepDims: true })))
    }),
    softmax('soft labels are rounded to one-hot', (dout, y, t) => scale(sub(y, toOneHot(t)), dout / N), soft),
    softmax('a large epsilon in the logarithm', (dout, y, t) =>
      scale(sub(mul(y, epsilonFactors(y, t)), mul(t, epsilonFactors(y, t))), dout / N),
    ),
    squared('the factor 2 is missing', (dout, y, t) => scale(sub(y, t), dout / n)),
    squared('1/N in place of 1/n', (dout, y, t) => scale(sub(y, t), (2 * dout) / N)),
    squared('1/n is missing', (dout, y, t) => scale(sub(y, t), 2 * dout)),
    squared('t − y in place of y − t', (dout, y, t) => scale(sub(t, y), (2 * dout) / n)),
    squared('the squared difference itself', (dout, y, t) => scale(square(sub(y, t)), (2 * dout) / n)),
    squared('only the first sample', (dout, y, t) => {
      const dy = scale(sub(y, t), (2 * dout) / n)
      dy.data.fill(0, C)
      return dy
    }),
  ]
}

/** 1 for the largest of each row, 0 for the others. */
function toOneHot(t: Tensor): Tensor {
  const C = t.shape[1]
  const result = t.clone()
  for (let i = 0; i < t.size; i++) {
    const row = t.data.subarray(i - (i % C), i - (i % C) + C)
    result.data[i] = row.indexOf(Math.max(...row)) === i % C ? 1 : 0
  }
  return result
}

/** `p / (p + 1e-4)` of the correct class, repeated along its row: the factor by which an epsilon changes the gradient. */
function epsilonFactors(y: Tensor, t: Tensor): Tensor {
  const p = sum(mul(y, t), { axis: 1, keepDims: true })
  const C = y.shape[1]
  const result = y.clone()
  for (let i = 0; i < y.size; i++) {
    const own = p.data[Math.floor(i / C)]
    result.data[i] = own / (own + 1e-4)
  }
  return result
}
