import { serve } from '../contender.mjs'
import { readImages } from './images.mjs'
import { orAbsent, require, versionOf } from './peer.mjs'

const { labels, image, draw } = readImages(process.argv[2])
const { Net, Trainer, Vol } = await orAbsent(() => require('convnetjs'))

function network(hidden) {
  const net = new Net()
  net.makeLayers([
    { type: 'input', out_sx: 1, out_sy: 1, out_depth: 784 },
    { type: 'fc', num_neurons: hidden, activation: 'relu' },
    { type: 'softmax', num_classes: 10 },
  ])
  return net
}

function volume(pixels) {
  const x = new Vol(1, 1, 784, 0)
  for (let i = 0; i < 784; i++) x.w[i] = pixels[i]
  return x
}

const prepare = {
  step({ hidden, batch }) {
    const trainer = new Trainer(network(hidden), {
      method: 'sgd',
      learning_rate: 0.1,
      momentum: 0,
      l2_decay: 0,
      batch_size: batch,
    })
    return () => {
      for (let i = 0; i < batch; i++) {
        const at = draw()
        trainer.train(volume(image(at)), labels[at])
      }
    }
  },
  predict({ rows }) {
    const net = network(50)
    const inputs = Array.from({ length: rows }, (_, at) => volume(image(at)))
    return () => inputs.map((x) => net.forward(x).w[0])
  },
  matmul: () => 'not offered by this library',
  numericalGradient: () => 'left out, since it takes a quarter of a minute',
}

await serve(versionOf('convnetjs'), (task) => prepare[task.kind](task))
