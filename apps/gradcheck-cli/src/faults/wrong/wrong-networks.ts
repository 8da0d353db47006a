import { scale, type Tensor } from '@gosa/linalg'
import { TwoLayerNet, type TwoLayerNetTensors } from '@gosa/networks'
import type { Draw, Fault } from '../fault.ts'

/** TwoLayerNet as it is got wrong. */
export const wrongNetworks = ({ rng, values }: Draw): Fault[] => {
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
    gradient: (right: TwoLayerNet, x: Tensor, t: Uint8Array) => Partial<TwoLayerNetTensors>,
  ): Fault => {
    const right = new TwoLayerNet(sizes)
    const wrong = {
      params: right.params,
      loss: (x: Tensor, t: Uint8Array) => right.loss(x, t),
      gradient: (x: Tensor, t: Uint8Array) => ({ ...right.gradient(x, t), ...gradient(right, x, t) }),
    }
    return { name: `TwoLayerNet: ${name}`, case: { name, network: wrong, x: values(3, 5), t } }
  }
  return [
    network('gradients of W1 and W2 exchanged', (right, x, t) => {
      const { W1, W2 } = right.gradient(x, t)
      return { W1: W2.clone(), W2: W1.clone() }
    }),
    network('gradients of b1 and b2 exchanged', (right, x, t) => {
      const { b1, b2 } = right.gradient(x, t)
      return { b1: b2.clone(), b2: b1.clone() }
    }),
    network('the activation is left out on the way back', (right, x, t) => {
      right.loss(x, t)
      const { Affine1, Affine2 } = right.layers
      Affine1.backward(Affine2.backward(right.lastLayer.backward()))
      return { W1: Affine1.dW, b1: Affine1.db }
    }),
    network('the gradient is that of a sum', (right, x, t) => {
      const { W1, b1, W2, b2 } = right.gradient(x, t)
      const N = t.length
      return { W1: scale(W1, N), b1: scale(b1, N), W2: scale(W2, N), b2: scale(b2, N) }
    }),
    network('of the first sample alone', (right, x, t) => right.gradient(x.rows(0, 1), t.subarray(0, 1))),
    network('weight decay in the gradient, not in the loss', (right, x, t) => {
      const { W1 } = right.gradient(x, t)
      const result = W1.clone()
      for (let i = 0; i < W1.size; i++) result.data[i] += 1e-3 * right.params.W1.data[i]
      return { W1: result }
    }),
    network('one hidden unit is forgotten', (right, x, t) => {
      const W2 = right.gradient(x, t).W2.clone()
      W2.data.fill(0, 5, 10)
      return { W2 }
    }),
  ]
}
