// Accuracy on MNIST of a TwoLayerNet (784-50-10) trained on synthetic digits alone:
//   node tools/transfer.mjs --data-dir FOLDER [--on train] [--count 60000] [--epochs 30] [--seed 1]
// The digits were tuned by the confusions that `--on train` prints for MNIST's training images, never by the test images.
import { parseArgs } from 'node:util'
import { argmax, compress, createRng, takeRows } from '../../linalg/dist/index.js'
import { TwoLayerNet } from '../../networks/dist/index.js'
import { SGD } from '../../optim/dist/index.js'
import { batches, syntheticDigits } from '../dist/index.js'
import { loadMnist } from '../dist/node.js'

const { values } = parseArgs({
  options: {
    'data-dir': { type: 'string', default: process.env.GOSA_DATA_DIR },
    on: { type: 'string', default: 'test' },
    count: { type: 'string', default: '60000' },
    epochs: { type: 'string', default: '30' },
    seed: { type: 'string', default: '1' },
  },
})
const [count, epochs, seed] = [values.count, values.epochs, values.seed].map(Number)

const started = performance.now()
const generated = syntheticDigits({ count, seed })
const seconds = (performance.now() - started) / 1000
console.log(`generated ${count} digits with seed ${seed} in ${seconds.toFixed(1)} s`)

const rng = createRng(seed)
const network = new TwoLayerNet({ inputSize: 784, hiddenSize: 50, outputSize: 10, rng })
const optimizer = new SGD({ learningRate: 0.1 })
const images = compress(generated.x)
for (let epoch = 0; epoch < epochs; epoch++) {
  for (const indices of batches(count, 100, rng)) {
    network.gradient(
      takeRows(images, indices),
      Uint8Array.from(indices, (i) => generated.t[i]),
    )
    optimizer.step(network.parameters())
  }
}

const heldOut = syntheticDigits({ count: 10_000, seed: seed + 1000 })
console.log(`accuracy on 10000 other generated digits: ${network.accuracy(heldOut.x, heldOut.t).toFixed(4)}`)
const mnist = (await loadMnist({ dir: values['data-dir'] }))[values.on]
console.log(`accuracy on MNIST's ${values.on} images: ${network.accuracy(mnist.x, mnist.t).toFixed(4)}`)
if (values.on === 'train') {
  const confusions = Array.from({ length: 10 }, () => new Array(10).fill(0))
  argmax(network.predict(mnist.x), { axis: 1 }).forEach((predicted, n) => {
    confusions[mnist.t[n]][predicted]++
  })
  console.log('rows: true class; columns: predicted class')
  console.log(
    confusions.map((row, digit) => `${digit}:${row.map((n) => `${n}`.padStart(6)).join('')}`).join('\n'),
  )
}
