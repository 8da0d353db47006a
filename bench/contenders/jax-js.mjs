import { serve } from '../contender.mjs'
import { drawBatch, readImages } from './images.mjs'
import { orAbsent, require, versionOf } from './peer.mjs'

const images = readImages(process.argv[2])
const {
  numpy: np,
  nn,
  grad,
  jit,
} = await orAbsent(async () => {
  const jax = require('@jax-js/jax')
  await jax.init('wasm')
  jax.defaultDevice('wasm')
  return jax
})

const array = (data, shape) => np.array(data).reshape(shape)
const random = (...shape) =>
  array(
    Float32Array.from({ length: shape[0] * (shape[1] ?? 1) }, () => 0.02 * Math.random() - 0.01),
    shape,
  )
const parameters = (H) => ({ W1: random(784, H), b1: random(H), W2: random(H, 10), b2: random(10) })

/** Each use of an array but its last takes a reference (`.ref`): the library counts them by hand. */
const again = (p) => ({ W1: p.W1.ref, b1: p.b1.ref, W2: p.W2.ref, b2: p.b2.ref })

const predict = ({ W1, b1, W2, b2 }, x) => np.matmul(nn.relu(np.matmul(x, W1).add(b1)), W2).add(b2)

const step = jit((p, x, t) => {
  const N = x.shape[0]
  const loss = (q) =>
    nn
      .logSoftmax(predict(q, x))
      .mul(t)
      .sum()
      .mul(-1 / N)
  const g = grad(loss)(again(p))
  const moved = (name) => p[name].sub(g[name].mul(0.1))
  return { W1: moved('W1'), b1: moved('b1'), W2: moved('W2'), b2: moved('b2') }
})

const prepare = {
  step({ hidden, batch }) {
    let p = parameters(hidden)
    return () => {
      const { x, t } = drawBatch(images, batch)
      p = step(p, array(x, [batch, 784]), nn.oneHot(np.array(t), 10))
      p.b2.ref.dataSync()
    }
  },
  predict({ rows }) {
    const p = parameters(50)
    const x = array(images.pixels.slice(0, rows * 784), [rows, 784])
    const run = jit(predict)
    return () => run(again(p), x.ref).dataSync()
  },
  matmul({ size, dtype }) {
    if (dtype === 'float64') return 'is measured in float32'
    const [a, b] = [random(size, size), random(size, size)]
    return () => np.matmul(a.ref, b.ref).dataSync()
  },
  numericalGradient: () => 'left out, since it takes half a minute',
}

await serve(versionOf('@jax-js/jax'), (task) => prepare[task.kind](task))
