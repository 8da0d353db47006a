/** Gradients of jax-js, whose arrays are freed when they are used; `.ref` keeps one for another use. */
import { grad, init, jvp, numpy as np, vjp } from '@jax-js/jax'

await init('wasm')

type JaxArray = ReturnType<typeof np.array>

const x = [
  [0.5, -1],
  [2, 0.1],
]

const tanhProduct = (a: JaxArray): JaxArray => np.sum(np.multiply(np.tanh(a.ref), a))

export const reverseMode = {
  f: (rows: number[][]): JaxArray => tanhProduct(np.array(rows)),
  gradient: (rows: number[][]): JaxArray => grad(tanhProduct)(np.array(rows)),
  x,
}

/** Asynchronous, as on a GPU. */
export const asynchronous = {
  f: async (rows: number[][]): Promise<unknown> => tanhProduct(np.array(rows)).jsAsync(),
  gradient: async (rows: number[][]): Promise<unknown> => grad(tanhProduct)(np.array(rows)).jsAsync(),
  x: [[0.5, -1]],
}

const waves = (a: JaxArray): JaxArray => np.sin(np.multiply(a.ref, a))

export const vectorJacobian = {
  f: (values: number[]): JaxArray => waves(np.array(values)),
  vjp(values: number[], dout: number[]): JaxArray {
    const [y, pullback] = vjp(waves, [np.array(values)]) as unknown as [
      JaxArray,
      (dy: JaxArray) => [JaxArray],
    ]
    y.dispose()
    return pullback(np.array(dout))[0]
  },
  x: [0.3, -0.7, 1.1],
}

export const jacobianVector = {
  f: (values: number[]): JaxArray => waves(np.array(values)),
  jvp(values: number[], dx: number[]): JaxArray {
    const [y, dy] = jvp(waves, [np.array(values)], [np.array(dx)]) as unknown as [JaxArray, JaxArray]
    y.dispose()
    return dy
  },
  x: [0.3, -0.7, 1.1],
}
