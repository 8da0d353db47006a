import { mul, scale, square, sub, sum, type Tensor, tensor } from '@gosa/linalg'
import { MeanSquaredErrorLoss, SoftmaxWithLoss } from '@gosa/losses'
import type { Draw, Fault } from '../fault.ts'

type Backward = (dout: number, y: Tensor, t: Tensor) => Tensor

/** SoftmaxWithLoss and the mean squared error as they are got wrong. */
export const wrongLosses = ({ values }: Draw): Fault[] => {
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
    const right = new SoftmaxWithLoss()
    const loss = {
      forward: (x: Tensor, labels: Tensor) => right.forward(x, labels),
      backward: (dout = 1) => backward(dout, right.y, t),
    }
    return { name: `SoftmaxWithLoss: ${name}`, case: { name, loss, x: values(3, 4), t } }
  }
  const squared = (name: string, backward: Backward) => {
    const right = new MeanSquaredErrorLoss()
    let y: Tensor
    const t = values(3, 4)
    const loss = {
      forward(x: Tensor) {
        y = x
        return right.forward(x, t)
      },
      backward: (dout = 1) => backward(dout, y, t),
    }
    return { name: `MeanSquaredErrorLoss: ${name}`, case: { name, loss, x: values(3, 4), t } }
  }
  const [N, C, n] = [3, 4, 12]
  return [
    softmax('1/N is missing', (dout, y, t) => scale(sub(y, t), dout)),
    softmax('1/C for 1/N', (dout, y, t) => scale(sub(y, t), dout / C)),
    softmax('1/N twice', (dout, y, t) => scale(sub(y, t), dout / N ** 2)),
    softmax('t is not subtracted', (dout, y) => scale(y, dout / N)),
    softmax('t − y', (dout, y, t) => scale(sub(t, y), dout / N)),
    softmax('the diagonal of the Jacobian alone', (dout, y, t) =>
      scale(mul(mul(y, sub(1, y)), sub(y, t)), dout / N),
    ),
    softmax('softmax is gone through twice', (dout, y, t) => {
      const g = scale(sub(y, t), dout / N)
      return mul(y, sub(g, sum(mul(g, y), { axis: 1, keepDims: true })))
    }),
    softmax('probabilities count as their largest', (dout, y, t) => scale(sub(y, hard(t)), dout / N), soft),
    softmax('the epsilon of the logarithm', (dout, y, t) =>
      scale(sub(mul(y, weights(y, t)), mul(t, weights(y, t))), dout / N),
    ),
    squared('the factor 2 is missing', (dout, y, t) => scale(sub(y, t), dout / n)),
    squared('1/N for 1/n', (dout, y, t) => scale(sub(y, t), (2 * dout) / N)),
    squared('1/n is missing', (dout, y, t) => scale(sub(y, t), 2 * dout)),
    squared('t − y', (dout, y, t) => scale(sub(t, y), (2 * dout) / n)),
    squared('the square itself', (dout, y, t) => scale(square(sub(y, t)), (2 * dout) / n)),
    squared('of the first sample alone', (dout, y, t) => {
      const dy = scale(sub(y, t), (2 * dout) / n)
      dy.data.fill(0, C)
      return dy
    }),
  ]
}

/** The largest of each row as 1, the others as 0. */
function hard(t: Tensor): Tensor {
  const C = t.shape[1]
  const result = t.clone()
  for (let i = 0; i < t.size; i++) {
    const row = t.data.subarray(i - (i % C), i - (i % C) + C)
    result.data[i] = row.indexOf(Math.max(...row)) === i % C ? 1 : 0
  }
  return result
}

/** `p/(p + 1e-4)` of the right class, in each of its row's places: what a large epsilon does to the gradient. */
function weights(y: Tensor, t: Tensor): Tensor {
  const p = sum(mul(y, t), { axis: 1, keepDims: true })
  const C = y.shape[1]
  const result = y.clone()
  for (let i = 0; i < y.size; i++) {
    const own = p.data[Math.floor(i / C)]
    result.data[i] = own / (own + 1e-4)
  }
  return result
}
