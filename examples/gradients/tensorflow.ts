/** Gradients of TensorFlow.js: functions, operations with a gradient of their own, and layers. */
import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { layers } from '@tensorflow/tfjs-layers'

await tf.setBackend('cpu')

/** Calls a function of tensors with arrays, and frees its tensors. */
const onArrays =
  (f: (x: tf.Tensor) => tf.Tensor) =>
  (x: tf.TensorLike): unknown =>
    tf.tidy(() => f(tf.tensor(x)).arraySync())

/** A function that TensorFlow.js differentiates. */
const swishSum = (x: tf.Tensor): tf.Tensor => tf.sum(tf.mul(x, tf.sigmoid(x)))

export const swish = {
  f: onArrays(swishSum),
  gradient: onArrays(tf.grad(swishSum)),
  x: [
    [0.5, -1],
    [2, 0.1],
  ],
}

/** An operation with a gradient of its own. */
const softplus = tf.customGrad((x, save) => {
  ;(save as tf.GradSaveFunc)([x as tf.Tensor])
  return {
    value: tf.softplus(x as tf.Tensor),
    gradFunc: (dy, [saved]) => tf.mul(dy, tf.sigmoid(saved)),
  }
})

export const customGrad = {
  f: onArrays(softplus),
  vjp: (x: number[], dout: number[]): unknown =>
    tf.tidy(() => tf.grad(softplus)(tf.tensor(x), tf.tensor(dout)).arraySync()),
  x: [0.5, -1, 2],
}

/** A layer with its weights. */
const dense = layers.dense({ units: 3, activation: 'tanh', inputShape: [4] })
dense.build([null, 4])

interface DenseInputs {
  x: number[][]
  W: number[][]
  b: number[]
}

function applyDense(x: tf.Tensor, { W, b }: DenseInputs): tf.Tensor {
  dense.setWeights([tf.tensor(W), tf.tensor(b)])
  return dense.apply(x) as tf.Tensor
}

export const denseLayer = {
  f: (inputs: DenseInputs): unknown => tf.tidy(() => applyDense(tf.tensor(inputs.x), inputs).arraySync()),
  vjp: (inputs: DenseInputs, dout: number[][]): unknown =>
    tf.tidy(() => {
      const weighted = (x: tf.Tensor): tf.Scalar => tf.sum(tf.mul(applyDense(x, inputs), tf.tensor(dout)))
      const x = tf.tensor(inputs.x)
      const [W, b] = Object.values(tf.variableGrads(() => weighted(x)).grads)
      return { x: tf.grad(weighted)(x).arraySync(), W: W.arraySync(), b: b.arraySync() }
    }),
  x: {
    x: [
      [0.1, 0.2, 0.3, -0.4],
      [1, -0.5, 0.3, 0.2],
    ],
    W: Array.from({ length: 4 }, (_, i) => [Math.sin(i + 1), Math.cos(i), Math.sin(2 * i + 1)]),
    b: [0.1, -0.2, 0.3],
  },
}
