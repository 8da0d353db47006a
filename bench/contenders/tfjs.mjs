import { serve } from '../contender.mjs'
import { drawBatch, readImages } from './images.mjs'
import { orAbsent, require } from './peer.mjs'

const [folder, backend, style] = process.argv.slice(2)
const images = readImages(folder)
const tf = await orAbsent(async () => {
  const library = require('@tensorflow/tfjs')
  if (backend === 'wasm') {
    const { setWasmPaths } = require('@tensorflow/tfjs-backend-wasm')
    setWasmPaths(require.resolve('@tensorflow/tfjs-backend-wasm').replace(/[^/\\]*$/, ''))
  }
  await library.setBackend(backend)
  await library.ready()
  return library
})

/** The shapes are (784, H), (H), (H, 10), (10). */
const parameters = (H) =>
  [[784, H], [H], [H, 10], [10]].map((shape) => tf.variable(tf.randomNormal(shape, 0, 0.01)))

const forward = (x, [W1, b1, W2, b2]) => {
  const h = tf.relu(tf.add(tf.matMul(x, W1), b1))
  return [h, tf.add(tf.matMul(h, W2), b2)]
}

function draw(batch) {
  const { x, t } = drawBatch(images, batch)
  return [tf.tensor2d(x, [batch, 784]), tf.oneHot(tf.tensor1d(t, 'int32'), 10)]
}

/** As users write it: the loss, and the library computes the gradients. */
function ordinaryStep(p, batch) {
  const [x, t] = draw(batch)
  const t32 = tf.cast(t, 'float32')
  const { grads, value } = tf.variableGrads(
    () => tf.neg(tf.mean(tf.sum(tf.mul(t32, tf.logSoftmax(forward(x, p)[1])), 1))),
    p,
  )
  for (const variable of p) variable.assign(tf.sub(variable, tf.mul(grads[variable.name], 0.1)))
  return value.dataSync()
}

/** By hand, with explicit transposes, since its products with transposed operands are slow. */
function tunedStep(p, batch) {
  const [x, t] = draw(batch)
  const [h, logits] = forward(x, p)
  const dLogits = tf.div(tf.sub(tf.softmax(logits), tf.cast(t, 'float32')), batch)
  const dHidden = tf.mul(tf.matMul(dLogits, tf.transpose(p[2])), tf.step(h))
  const gradients = [
    tf.matMul(tf.transpose(x), dHidden),
    tf.sum(dHidden, 0),
    tf.matMul(tf.transpose(h), dLogits),
    tf.sum(dLogits, 0),
  ]
  for (let i = 0; i < 4; i++) p[i].assign(tf.sub(p[i], tf.mul(gradients[i], 0.1)))
}

// Both backends compute synchronously, so results need not be read for a fair measurement; reading would dominate it.
const prepare = {
  step({ hidden, batch }) {
    const p = parameters(hidden)
    const step = style === 'tuned' ? tunedStep : ordinaryStep
    return () => tf.tidy(() => void step(p, batch))
  },
  predict({ rows }) {
    const p = parameters(50)
    const x = tf.tensor2d(images.pixels.subarray(0, rows * 784), [rows, 784])
    return () => tf.tidy(() => void forward(x, p))
  },
  matmul({ size, dtype }) {
    if (dtype === 'float64') return 'has no float64'
    const [a, b] = [0, 1].map(() => tf.randomNormal([size, size]))
    return () => tf.tidy(() => void tf.matMul(a, b))
  },
  numericalGradient: () => 'has no float64',
}

await serve(tf.version.tfjs, (task) => prepare[task.kind](task))
