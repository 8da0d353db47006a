import { parseArgs } from 'node:util'
import { createRng, randomUniform, takeRows } from '@gosa/linalg'
import { TwoLayerNet } from '@gosa/networks'
import { SGD } from '@gosa/optim'
import { fit } from '@gosa/training'

/*
 * What `fit` costs beside a bare loop of the same steps: TwoLayerNet 784-50-10, batches of 100, rounds of both in turn in one
 * process, and the median of the ratios of neighbours. Times are those of the processor, which other processes disturb less.
 *
 *     node bench/fit-overhead.mjs        # --rounds 40
 */

const { values: options } = parseArgs({ options: { rounds: { type: 'string', default: '40' } } })
const [BATCH_SIZE, STEPS, LEARNING_RATE] = [100, 100, 0.1]

console.log(
  '| steps in an epoch | fit, µs a step | bare loop, µs a step | fit / bare loop |\n| --- | --- | --- | --- |',
)
for (const stepsPerEpoch of [20, 100]) {
  const [own, bare, ratios] = [[], [], []]
  const data = samples(stepsPerEpoch * BATCH_SIZE)
  const epochs = Math.max(1, STEPS / stepsPerEpoch)
  for (let round = 0; round < Number(options.rounds) + 2; round++) {
    const first = round % 2 === 0 ? await timeFit(data, epochs) : timeLoop(data, epochs)
    const second = round % 2 === 0 ? timeLoop(data, epochs) : await timeFit(data, epochs)
    if (round < 2) continue
    const [fitted, looped] = round % 2 === 0 ? [first, second] : [second, first]
    own.push(fitted)
    bare.push(looped)
    ratios.push(fitted / looped)
  }
  const micros = (times) => Math.round((1000 * median(times)) / (epochs * stepsPerEpoch))
  console.log(`| ${stepsPerEpoch} | ${micros(own)} | ${micros(bare)} | ${median(ratios).toFixed(3)} |`)
}

async function timeFit(data, epochs) {
  const network = createNetwork()
  const start = process.cpuUsage()
  await fit(network, data, { epochs, batchSize: BATCH_SIZE, optimizer: 'sgd', learningRate: LEARNING_RATE })
  return milliseconds(start)
}

/** Draws each sample once per epoch, as `fit` does, and keeps the mean loss. */
function timeLoop({ x, t }, epochs) {
  const network = createNetwork()
  const optimizer = new SGD({ learningRate: LEARNING_RATE })
  const rng = createRng(0)
  const start = process.cpuUsage()
  const labels = new Uint8Array(BATCH_SIZE)
  let batch
  for (let epoch = 0; epoch < epochs; epoch++) {
    const order = rng.permutation(t.length)
    let sum = 0
    for (let from = 0; from < t.length; from += BATCH_SIZE) {
      const indices = order.subarray(from, from + BATCH_SIZE)
      batch = takeRows(x, indices, { out: batch })
      for (let i = 0; i < BATCH_SIZE; i++) labels[i] = t[indices[i]]
      sum += network.lossAndGradient(batch, labels).loss
      optimizer.step(network.parameters())
    }
    if (!Number.isFinite(sum)) throw new Error('the loop diverged')
  }
  return milliseconds(start)
}

function createNetwork() {
  return new TwoLayerNet({ inputSize: 784, hiddenSize: 50, outputSize: 10, rng: createRng(1) })
}

function samples(count) {
  const rng = createRng(2)
  const x = randomUniform([count, 784], { rng, dtype: 'float32' })
  return { x, t: Uint8Array.from({ length: count }, () => rng.integer(10)) }
}

/** The processor time since `start`, garbage collection included. */
function milliseconds(start) {
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1000
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]
}
