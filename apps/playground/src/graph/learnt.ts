import { type FloatArray, type Shape, Tensor } from '@gosa/linalg'
import type { TwoLayerNetTensors } from '@gosa/networks'

/** Weights as they pass from a worker. */
export type Learnt = readonly (readonly [name: string, data: FloatArray, shape: Shape])[]

let learnt: Promise<TwoLayerNetTensors> | undefined

/** The weights that the network on a digit has learnt, in a worker so that the page does not wait; once. */
export function theLearnt(): Promise<TwoLayerNetTensors> {
  learnt ??= new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./learn.worker.ts', import.meta.url), { type: 'module' })
    worker.onmessage = ({ data }: MessageEvent<Learnt>) => {
      resolve(
        Object.fromEntries(
          data.map(([name, numbers, shape]) => [name, new Tensor(numbers, shape)]),
        ) as TwoLayerNetTensors,
      )
      worker.terminate()
    }
    worker.onerror = ({ message }) => reject(new Error(message))
  })
  return learnt
}
