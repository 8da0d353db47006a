/**
 * Moves a ConvNet between PyTorch and Gosa by safetensors:
 *
 *     node convert.mjs from-pytorch FILE MODEL    reads PyTorch's weights, compares logits, writes a model of Gosa
 *     node convert.mjs to-pytorch MODEL FILE      trains the model further, and writes PyTorch's names
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { decodeSafetensors, encodeSafetensors } from '@gosa/formats'
import { sub, transpose } from '@gosa/linalg'
import { SoftmaxWithLoss } from '@gosa/losses'
import { buildLayers, loadModel, Network, saveModel } from '@gosa/networks'
import { fit } from '@gosa/training'

/** The layers of `nn.Sequential`, in the same places, so that they have the same numbers. */
const LAYERS = [
  { type: 'convolution', filters: 8, kernel: 3, pad: 1 },
  { type: 'batchNormalization' },
  { type: 'relu' },
  { type: 'maxPooling', size: 2 },
  { type: 'flatten' },
  { type: 'dropout', ratio: 0.2 },
  { type: 'affine', units: 10 },
]

/** What PyTorch calls the tensors of its layers. */
const NAMES = {
  ...{ W: 'weight', b: 'bias', gamma: 'weight', beta: 'bias' },
  ...{ runningMean: 'running_mean', runningVariance: 'running_var' },
}

/** The tensors of a network with their names in PyTorch. */
const tensorsOf = (network) =>
  [...network.parameters(), ...network.buffers()].map(({ name, value }) => {
    const [layer, own] = name.split('.')
    return { value, name: `${layer}.${NAMES[own]}` }
  })

/** Filters are alike; the matrix of an Affine layer is (inputs, units), that of `nn.Linear` (units, inputs). */
const swapLayout = (tensor) => (tensor.rank === 2 ? transpose(tensor) : tensor)

const largest = ({ data }) => data.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0)

function fromPyTorch(file, model) {
  const { tensors } = decodeSafetensors(readFileSync(file))
  const network = new Network({
    ...buildLayers({ inputShape: [1, 28, 28], layers: LAYERS }),
    loss: new SoftmaxWithLoss(),
  })
  for (const { name, value } of tensorsOf(network)) value.data.set(swapLayout(tensors[name]).data)
  const difference = largest(sub(network.predict(tensors.images), tensors.logits)) / largest(tensors.logits)
  console.log(`relative difference of the logits below 1e-5: ${difference < 1e-5}`)
  writeFileSync(model, saveModel(network))
}

async function toPyTorch(model, file) {
  const { network } = loadModel(readFileSync(model))
  const { images } = decodeSafetensors(readFileSync('torch.safetensors')).tensors
  const t = Uint8Array.from({ length: 200 }, (_, i) => i % 10)
  await fit(network, { x: images, t }, { epochs: 2, batchSize: 50 })
  const tensors = tensorsOf(network).map(({ name, value }) => [name, swapLayout(value)])
  const logits = network.predict(images)
  console.log(`accuracy ${network.accuracy(images, t).toFixed(3)}`)
  writeFileSync(file, encodeSafetensors({ ...Object.fromEntries(tensors), images, logits }))
}

const [command, from, to] = process.argv.slice(2)
if (command === 'from-pytorch') fromPyTorch(from, to)
else await toPyTorch(from, to)
