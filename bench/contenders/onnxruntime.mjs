import { serve } from '../contender.mjs'
import { readImages } from './images.mjs'
import { onnxModel } from './onnx-model.mjs'
import { orAbsent, require, versionOf } from './peer.mjs'

const [folder, name, threads] = process.argv.slice(2)
const { pixels } = readImages(folder)
const random = (...shape) => ({
  shape,
  data: Float32Array.from({ length: shape[0] * (shape[1] ?? 1) }, () => 0.02 * Math.random() - 0.01),
})

const { Tensor, session } = await orAbsent(async () => {
  const { InferenceSession, Tensor, env } = require(name)
  env.wasm.numThreads = Number(threads)
  const model = onnxModel({ W1: random(784, 50), b1: random(50), W2: random(50, 10), b2: random(10) })
  const options = { intraOpNumThreads: Number(threads), interOpNumThreads: 1 }
  return { Tensor, session: await InferenceSession.create(model, options) }
})

const prepare = {
  step: () => 'does not train',
  predict({ rows }) {
    const x = new Tensor('float32', pixels.subarray(0, rows * 784), [rows, 784])
    return () => session.run({ x })
  },
  matmul: () => 'left out',
  numericalGradient: () => 'does not train',
}

await serve(versionOf(name), (task) => prepare[task.kind](task))
