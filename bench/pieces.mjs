/**
 * A training step taken apart, `node bench/pieces.mjs [--hidden 50] [--batch 100] [--threads 1] [--data-dir FOLDER]`: the
 * same operations as `TwoLayerNet.gradient` and `SGD.step` make, in the same memory, each timed alone in every one of 2000
 * steps; the medians in microseconds, and the step as it is.
 */
import { readFileSync, rmSync } from 'node:fs'
import { parseArgs } from 'node:util'
import {
  add,
  compressCodes,
  createRng,
  maskPositive,
  matmul,
  relu,
  sum,
  takeRows,
  Workspace,
} from '@gosa/linalg'
import { setThreads } from '@gosa/linalg/node'
import { SoftmaxWithLoss } from '@gosa/losses'
import { TwoLayerNet } from '@gosa/networks'
import { SGD } from '@gosa/optim'
import { prepareData } from './data.mjs'

const { values } = parseArgs({
  options: {
    hidden: { type: 'string', default: '50' },
    batch: { type: 'string', default: '100' },
    threads: { type: 'string', default: '1' },
    steps: { type: 'string', default: '2000' },
    'data-dir': { type: 'string', default: process.env.GOSA_DATA_DIR },
  },
})
const [hidden, batch, steps] = [values.hidden, values.batch, values.steps].map(Number)
setThreads(Number(values.threads))

const { folder, name } = prepareData(values['data-dir'])
const pixels = readFileSync(`${folder}/images`)
const labels = readFileSync(`${folder}/labels`)
rmSync(folder, { recursive: true })
const palette = Float32Array.from({ length: 256 }, (_, byte) => byte / 255)
const images = compressCodes(pixels, { shape: [labels.length, 784], palette })

const rng = createRng(1)
const network = new TwoLayerNet({ inputSize: 784, hiddenSize: hidden, outputSize: 10, rng })
const optimizer = new SGD({ learningRate: 0.1 })
const parameters = network.parameters()
// Weights of their own, since they move to where the pieces are computed.
const { W1, b1, W2, b2 } = Object.fromEntries(
  Object.entries(network.params).map(([name, value]) => [name, value.clone()]),
)
const lastLayer = new SoftmaxWithLoss()
const workspace = new Workspace({ holds: [W1, b1, W2, b2] })
const drawn = new Int32Array(batch)
const t = new Uint8Array(batch)
let x

function draw() {
  for (let i = 0; i < batch; i++) drawn[i] = rng.integer(labels.length)
  for (let i = 0; i < batch; i++) t[i] = labels[drawn[i]]
  x = takeRows(images, drawn, { out: x })
}

/** What is kept from piece to piece, as layers do. */
const kept = {}
const pieces = {
  'draw the batch': draw,
  x·W1: () => (kept.xW = matmul(x, W1)),
  '+ b1': () => (kept.h = add(kept.xW, b1)),
  relu: () => (kept.a = relu(kept.h)),
  a·W2: () => (kept.aW = matmul(kept.a, W2)),
  '+ b2': () => (kept.logits = add(kept.aW, b2)),
  'softmax and loss': () => lastLayer.forward(kept.logits, t),
  'y − t': () => (kept.dLogits = lastLayer.backward()),
  'dW2 = aᵀ·dout': () => matmul(kept.a, kept.dLogits, { transposeA: true }),
  'db2, db1': () => [sum(kept.dLogits, { axis: 0 }), kept.dh && sum(kept.dh, { axis: 0 })],
  'da = dout·W2ᵀ': () => (kept.da = matmul(kept.dLogits, W2, { transposeB: true })),
  mask: () => (kept.dh = maskPositive(kept.da, kept.h)),
  'dW1 = xᵀ·dout': () => matmul(x, kept.dh, { transposeA: true }),
}

const times = Object.fromEntries(
  [...Object.keys(pieces), 'update', 'the step as it is'].map((name) => [name, []]),
)
const timed = (name, work) => {
  const start = performance.now()
  work()
  times[name].push(1000 * (performance.now() - start))
}
for (let step = 0; step < steps; step++) {
  workspace.run(() => {
    for (const [name, work] of Object.entries(pieces)) timed(name, work)
  })
  timed('the step as it is', () => {
    draw()
    network.gradient(x, t)
    optimizer.step(parameters)
  })
  timed('update', () => optimizer.step(parameters))
}

const median = (list) => list.sort((a, b) => a - b)[list.length >> 1]
console.log(
  `784-${hidden}-10, batch ${batch}, ${values.threads} threads, ${name}, Node ${process.version}; µs, medians`,
)
for (const [name, list] of Object.entries(times)) {
  console.log(`${median(list).toFixed(1).padStart(8)}  ${name}`)
}
setThreads(1)
