import { serve } from '../contender.mjs'
import { readImages } from './images.mjs'
import { orAbsent, require, versionOf } from './peer.mjs'

const { labels, image, draw } = readImages(process.argv[2])
const { NeuralNetwork } = await orAbsent(() => require('brain.js'))

const oneHot = Array.from({ length: 10 }, (_, digit) =>
  Float32Array.from({ length: 10 }, (_, c) => (c === digit ? 1 : 0)),
)

function network(hidden) {
  const net = new NeuralNetwork({ hiddenLayers: [hidden], activation: 'relu' })
  // It refuses a momentum of 0.
  net.updateTrainingOptions({ learningRate: 0.1, momentum: 0.01 })
  net.sizes = [784, hidden, 10]
  net.initialize()
  net.setActivation()
  return net
}

const prepare = {
  step({ hidden, batch }) {
    if (batch > 1) return 'has no mini-batches'
    const net = network(hidden)
    return () => {
      const at = draw()
      net.trainPattern({ input: image(at), output: oneHot[labels[at]] })
    }
  },
  predict({ rows }) {
    const net = network(50)
    const inputs = Array.from({ length: rows }, (_, at) => image(at))
    return () => inputs.map((input) => net.runInput(input))
  },
  matmul: () => 'not offered by this library',
  numericalGradient: () => 'has none, and no float64',
}

await serve(`${versionOf('brain.js')} (squared error)`, (task) => prepare[task.kind](task))
