import { scale, type Tensor } from '@gosa/linalg'
import { TwoLayerNet, type TwoLayerNetTensors } from '@gosa/networks'
import type { Fault, RandomValues } from '../fault.ts'

/*
 * Faulty examples: common mistakes in the gradient of TwoLayerNet, written out.
 */

/** Common mistakes in the gradient of TwoLayerNet. */
export const faultyNetworks = ({ rng, values }: RandomValues): Fault[] => {
  const t = Uint8Array.of(0, 3, 1)
  const sizes = {
    inputSize: 5,
    hiddenSize: 5,
    outputSize: 5,
    weightInitStd: 0.5,
    rng,
    dtype: 'float64',
  } as const
  const network = (
    name: string,
    gradient: (correct: TwoLayerNet, x: Tensor, t: Uint8Array) => Partial<TwoLayerNetTensors>,
  ): Fault => {
    const correct = new TwoLayerNet(sizes)
    const faulty = {
      params: correct.params,
      loss: (x: Tensor, t: Uint8Array) => correct.loss(x, t),
      gradient: (x: Tensor, t: Uint8Array) => ({ ...correct.gradient(x, t), ...gradient(correct, x, t) }),
    }
    return { name: `TwoLayerNet: ${name}`, case: { name, network: faulty, x: values(3, 5), t } }
  }
  return [
    network('the gradients of W1 and W2 are exchanged', (correct, x, t) => {
      const { W1, W2 } = correct.gradient(x, t)
      return { W1: W2.clone(), W2: W1.clone() }
    }),
    network('the gradients of b1 and b2 are exchanged', (correct, x, t) => {
      const { b1, b2 } = correct.gradient(x, t)
      return { b1: b2.clone(), b2: b1.clone() }
    }),
    network('backward leaves out the activation', (correct, x, t) => {
      correct.loss(x, t)
      const { Affine1, Affine2 } = correct.layers
      Affine1.backward(Affine2.backward(correct.lastLayer.backward()))
      return { W1: Affine1.dW, b1: Affine1.db }
    }),
    network('the gradient is that of the sum, not of the mean', (correct, x, t) => {
      const { W1, b1, W2, b2 } = correct.gradient(x, t)
      const N = t.length
      return { W1: scale(W1, N), b1: scale(b1, N), W2: scale(W2, N), b2: scale(b2, N) }
    }),
    network('only the first sample', (correct, x, t) => correct.gradient(x.rows(0, 1), t.subarray(0, 1))),
    network('the gradient includes weight decay, the loss does not', (correct, x, t) => {
      const { W1 } = correct.gradient(x, t)
      const result = W1.clone()
      for (let i = 0; i < W1.size; i++) result.data[i] += 1e-3 * correct.params.W1.data[i]
      return { W1: result }
    }),
    network('one hidden unit is left out', (correct, x, t) => {
      const W2 = correct.gradient(x, t).W2.clone()
      W2.data.fill(0, 5, 10)
      return { W2 }
    }),
  ]
}
