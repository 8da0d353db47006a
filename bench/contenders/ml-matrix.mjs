import { serve } from '../contender.mjs'
import { readImages } from './images.mjs'
import { orAbsent, require, versionOf } from './peer.mjs'

const { labels, image, draw } = readImages(process.argv[2])
const { Matrix } = await orAbsent(() => require('ml-matrix'))

const random = (rows, columns) => Matrix.rand(rows, columns).sub(0.5).mul(0.04)

const forward = (x, { W1, b1, W2, b2 }) => {
  const h = x.mmul(W1).addRowVector(b1)
  h.apply((i, j) => h.get(i, j) < 0 && h.set(i, j, 0))
  return [h, h.mmul(W2).addRowVector(b2)]
}

const parameters = (H) => ({
  W1: random(784, H),
  b1: new Array(H).fill(0),
  W2: random(H, 10),
  b2: new Array(10).fill(0),
})

function step(p, batch) {
  const drawn = Array.from({ length: batch }, draw)
  const x = new Matrix(drawn.map((at) => Array.from(image(at))))
  const [h, y] = forward(x, p)
  for (let i = 0; i < batch; i++) {
    const row = y.getRow(i)
    const largest = Math.max(...row)
    const powers = row.map((value) => Math.exp(value - largest))
    const total = powers.reduce((a, b) => a + b)
    y.setRow(
      i,
      powers.map((power, c) => (power / total - (c === labels[drawn[i]] ? 1 : 0)) / batch),
    )
  }
  const dHidden = y.mmul(p.W2.transpose())
  dHidden.apply((i, j) => h.get(i, j) === 0 && dHidden.set(i, j, 0))
  p.W1.sub(x.transpose().mmul(dHidden).mul(0.1))
  p.W2.sub(h.transpose().mmul(y).mul(0.1))
  p.b1 = p.b1.map((value, j) => value - 0.1 * dHidden.getColumn(j).reduce((a, b) => a + b))
  p.b2 = p.b2.map((value, j) => value - 0.1 * y.getColumn(j).reduce((a, b) => a + b))
}

const prepare = {
  step({ hidden, batch }) {
    const p = parameters(hidden)
    return () => step(p, batch)
  },
  predict({ rows }) {
    const p = parameters(50)
    const x = new Matrix(Array.from({ length: rows }, (_, at) => Array.from(image(at))))
    return () => forward(x, p)[1]
  },
  matmul({ size, dtype }) {
    if (dtype === 'float32') return 'has no float32'
    if (size > 512) return 'left out, since it takes seconds'
    const [a, b] = [random(size, size), random(size, size)]
    return () => a.mmul(b)
  },
  numericalGradient: () => 'left out, since it takes half a minute',
}

await serve(versionOf('ml-matrix'), (task) => prepare[task.kind](task))
