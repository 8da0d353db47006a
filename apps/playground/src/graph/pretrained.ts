/** The pretrained weights of the network, computed in a worker so that the page does not wait for them. */
import { type FloatArray, type Shape, Tensor } from '@gosa/linalg'
import type { TwoLayerNetTensors } from '@gosa/networks'

/** The message of the worker: each weight's name, data and shape. */
export type PretrainedMessage = readonly (readonly [name: string, data: FloatArray, shape: Shape])[]

let pretrained: Promise<TwoLayerNetTensors> | undefined

/** The pretrained weights; computed once. */
export function pretrainedWeights(): Promise<TwoLayerNetTensors> {
  pretrained ??= new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./pretrain.worker.ts', import.meta.url), { type: 'module' })
    worker.onmessage = ({ data: message }: MessageEvent<PretrainedMessage>) => {
      const weights = message.map(([name, data, shape]) => [name, new Tensor(data, shape)])
      resolve(Object.fromEntries(weights) as TwoLayerNetTensors)
      worker.terminate()
    }
    worker.onerror = ({ message }) => reject(new Error(message))
  })
  return pretrained
}
