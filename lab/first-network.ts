/** A network with one hidden layer learns the arms of a spiral. Run it with `npm run lab -- first-network.ts`. */
import { spiral } from '@gosa/datasets'
import { createRng } from '@gosa/linalg'
import { TwoLayerNet } from '@gosa/networks'
import { Momentum } from '@gosa/optim'

const { x, t } = spiral({ pointsPerClass: 100, seed: 1 })
const net = new TwoLayerNet({
  inputSize: 2,
  hiddenSize: 30,
  outputSize: 3,
  weightInitStd: 0.5,
  rng: createRng(1),
})
const optimizer = new Momentum({ learningRate: 0.1 })

for (let step = 0; step <= 2000; step++) {
  if (step % 500 === 0) {
    console.log(`step ${step}: loss ${net.loss(x, t).toFixed(3)}, accuracy ${net.accuracy(x, t).toFixed(3)}`)
  }
  net.gradient(x, t)
  optimizer.step(net.parameters())
}
