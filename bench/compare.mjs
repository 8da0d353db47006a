/**
 * Two checkouts of this repository beside each other: `node bench/compare.mjs --with FOLDER --data-dir MNIST`, both built
 * (`pnpm build`). In one process, turn by turn: a training step of TwoLayerNet (`--batch 100 --hidden 50 --threads 1`),
 * or with `--product 256` a matrix product of that size on one thread and on two. Prints microseconds, medians, and the
 * median of the ratios of the turns.
 */
import { readFileSync, rmSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { prepareData } from './data.mjs'
import { median } from './report.mjs'

const { values } = parseArgs({
  options: {
    with: { type: 'string' },
    batch: { type: 'string', default: '100' },
    hidden: { type: 'string', default: '50' },
    threads: { type: 'string', default: '1' },
    product: { type: 'string' },
    turns: { type: 'string', default: '60' },
    'data-dir': { type: 'string', default: process.env.GOSA_DATA_DIR },
  },
})
if (!values.with) throw new Error('compare: give the other checkout: --with FOLDER')
const [batch, hidden, threads, turns] = [values.batch, values.hidden, values.threads, values.turns].map(
  Number,
)

/** The packages of a checkout. */
async function load(folder) {
  const entry = (name) =>
    import(pathToFileURL(resolve(folder, 'packages', `${name}.js`).replace(/(\w+)\.js$/, 'dist/$1.js')).href)
  const names = ['linalg/index', 'linalg/kernels', 'linalg/node', 'networks/index', 'optim/index']
  return Object.assign({}, ...(await Promise.all(names.map(entry))))
}

const checkouts = { here: fileURLToPath(new URL('..', import.meta.url)), other: values.with }
const packages = Object.fromEntries(
  await Promise.all(Object.entries(checkouts).map(async ([name, folder]) => [name, await load(folder)])),
)

/** Returns a function that trains one step. */
function stepOf({ compressCodes, createRng, SGD, setThreads, TwoLayerNet, takeRows }, { pixels, labels }) {
  setThreads(threads)
  const codebook = Float32Array.from({ length: 256 }, (_, byte) => byte / 255)
  const images = compressCodes(pixels, { shape: [labels.length, 784], codebook })
  const rng = createRng(1)
  const network = new TwoLayerNet({ inputSize: 784, hiddenSize: hidden, outputSize: 10, rng })
  const optimizer = new SGD({ learningRate: 0.1 })
  const parameters = network.parameters()
  const [drawn, t] = [new Int32Array(batch), new Uint8Array(batch)]
  let x
  return () => {
    for (let i = 0; i < batch; i++) drawn[i] = rng.integer(labels.length)
    for (let i = 0; i < batch; i++) t[i] = labels[drawn[i]]
    x = takeRows(images, drawn, { out: x })
    network.gradient(x, t)
    optimizer.step(parameters)
  }
}

/** Returns a function that computes one product into an existing tensor. */
function productOf({ createRng, matmul, randomNormal, zeros }, n) {
  const rng = createRng(1)
  const [a, b] = [0, 1].map(() => randomNormal([n, n], { rng, dtype: 'float32' }))
  const out = zeros([n, n], { dtype: 'float32' })
  return () => matmul(a, b, { out })
}

/** Returns the time of one call in microseconds, measured over `count` calls. */
function timeOf(work, count) {
  const start = performance.now()
  for (let i = 0; i < count; i++) work()
  return (1000 * (performance.now() - start)) / count
}

const show = (name, times) => console.log(`${median(times).toFixed(1).padStart(9)}  ${name}`)
const showRatio = (name, above, below) =>
  console.log(
    `${median(above.map((time, i) => time / below[i]))
      .toFixed(2)
      .padStart(9)}  ${name}`,
  )

if (values.product) {
  const n = Number(values.product)
  const count = Math.max(1, Math.round(1.3e8 / n ** 3))
  for (const [name, checkout] of Object.entries(packages)) {
    const [work, one, two] = [productOf(checkout, n), [], []]
    for (let turn = 0; turn < turns; turn++) {
      for (const [number, times] of [
        [1, one],
        [2, two],
      ]) {
        checkout.setThreads(number)
        timeOf(work, 1)
        // Until the other thread is ready.
        if (number > 1) await new Promise((done) => setTimeout(done, 60))
        timeOf(work, count)
        times.push(timeOf(work, count))
      }
    }
    show(`${name}, product of ${n}, one thread`, one)
    showRatio(`${name}, one thread by two`, one, two)
    checkout.setThreads(1)
  }
} else {
  const { folder, name: data } = prepareData(values['data-dir'])
  const files = { pixels: readFileSync(`${folder}/images`), labels: readFileSync(`${folder}/labels`) }
  rmSync(folder, { recursive: true })
  const contenders = Object.entries(packages).map(([name, checkout]) => ({
    name,
    step: stepOf(checkout, files),
    times: [],
  }))
  const count = Math.max(1, Math.round(3000 / batch))
  for (let turn = -5; turn < turns; turn++) {
    for (const { step, times } of contenders) {
      const time = timeOf(step, count)
      if (turn >= 0) times.push(time)
    }
  }
  console.log(`784-${hidden}-10, batch ${batch}, ${threads} threads, ${data}, Node ${process.version}`)
  for (const { name, times } of contenders) show(name, times)
  showRatio('other by here', contenders[1].times, contenders[0].times)
  for (const { setThreads } of Object.values(packages)) setThreads(1)
}
