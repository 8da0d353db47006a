/**
 * Breaks a training step down: `node bench/step-breakdown.mjs [--hidden 50] [--batch 100] [--threads 1] [--data-dir FOLDER]`.
 * Performs the operations of `TwoLayerNet.gradient` and `SGD.step` in the same memory, times each one in each of 2000 steps,
 * and prints the medians in microseconds, with the whole step for comparison.
 */
import { readFileSync, rmSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { add, createRng, matmul, relu, sum, takeRows, Workspace } from '@gosa/linalg'
import { compressCodes, maskPositive } from '@gosa/linalg/kernels'
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
const images = compressCodes(pixels, { shape: [labels.length, 784], codebook: palette })

const rng = createRng(1)
const network = new TwoLayerNet({ inputSize: 784, hiddenSize: hidden, outputSize: 10, rng })
const optimizer = new SGD({ learningRate: 0.1 })
const parameters = network.parameters()
// Copies of the weights, since the workspace moves them into its memory.
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

/** Intermediate results, as layers store them. */
const saved = {}
const operations = {
  'draw the batch': draw,
  x·W1: () => (saved.xW = matmul(x, W1)),
  '+ b1': () => (saved.h = add(saved.xW, b1)),
  relu: () => (saved.a = relu(saved.h)),
  a·W2: () => (saved.aW = matmul(saved.a, W2)),
  '+ b2': () => (saved.logits = add(saved.aW, b2)),
  'softmax and loss': () => lastLayer.forward(saved.logits, t),
  'y − t': () => (saved.dLogits = lastLayer.backward()),
  'dW2 = aᵀ·dout': () => matmul(saved.a, saved.dLogits, { transposeA: true }),
  'db2, db1': () => [sum(saved.dLogits, { axis: 0 }), saved.dh && sum(saved.dh, { axis: 0 })],
  'da = dout·W2ᵀ': () => (saved.da = matmul(saved.dLogits, W2, { transposeB: true })),
  mask: () => (saved.dh = maskPositive(saved.da, saved.h)),
  'dW1 = xᵀ·dout': () => matmul(x, saved.dh, { transposeA: true }),
}

const times = Object.fromEntries(
  [...Object.keys(operations), 'update', 'whole step'].map((name) => [name, []]),
)
const timed = (name, work) => {
  const start = performance.now()
  work()
  times[name].push(1000 * (performance.now() - start))
}
for (let step = 0; step < steps; step++) {
  workspace.run(() => {
    for (const [name, work] of Object.entries(operations)) timed(name, work)
  })
  timed('whole step', () => {
    draw()
    network.gradient(x, t)
    optimizer.step(parameters)
  })
  timed('update', () => optimizer.step(parameters))
}

const median = (list) => list.sort((a, b) => a - b)[(list.length * 0.2) | 0]
console.log(
  `784-${hidden}-10, batch ${batch}, ${values.threads} threads, ${name}, Node ${process.version}; µs, medians`,
)
for (const [name, list] of Object.entries(times)) {
  console.log(`${median(list).toFixed(1).padStart(8)}  ${name}`)
}
setThreads(1)
