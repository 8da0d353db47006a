import { createRng, map, randomNormal, sub, type Tensor, zeros } from '@gosa/linalg'
import { MultiLayerNet, type NamedTensors, type Network, SimpleConvNet } from '@gosa/networks'
import type { Fault, RandomValues } from '../fault.ts'

/*
 * Faulty examples: common mistakes in networks of chapters 6 and 7, written out: with dropout, batch normalization, weight decay
 * and convolutions.
 */

const WEIGHT_DECAY = 0.1

/** Common mistakes in the gradients of MultiLayerNet and SimpleConvNet. */
export const faultyConvNets = ({ rng, values }: RandomValues): Fault[] => {
  const seed = rng.integer(2 ** 32)
  const faulty = (
    name: string,
    correct: Network,
    x: Tensor,
    gradientOf: (correct: Network, x: Tensor, t: Uint8Array) => NamedTensors,
  ): Fault => {
    const network = {
      parameters: () => correct.parameters(),
      buffers: () => correct.buffers(),
      get randomState() {
        return correct.randomState
      },
      set randomState(state) {
        correct.randomState = state
      },
      loss: (x: Tensor, t: Uint8Array, options?: { train?: boolean }) => correct.loss(x, t, options),
      gradient: (x: Tensor, t: Uint8Array) => ({ ...correct.gradient(x, t), ...gradientOf(correct, x, t) }),
    }
    return { name, case: { name, network, x, t: Uint8Array.of(0, 2, 1, 1) } }
  }
  const multiLayerNet = (name: string, gradientOf: Parameters<typeof faulty>[3], options: object) =>
    faulty(
      `MultiLayerNet: ${name}`,
      new MultiLayerNet({
        ...{ inputSize: 4, hiddenSizes: [4, 4], outputSize: 3, activation: 'tanh', dtype: 'float64' },
        ...options,
        rng: createRng(seed),
      }),
      values(4, 4),
      gradientOf,
    )
  const simpleConvNet = (name: string, gradientOf: Parameters<typeof faulty>[3]) =>
    faulty(
      `SimpleConvNet: ${name}`,
      new SimpleConvNet({
        ...{ inputShape: [2, 5, 6], hiddenSize: 4, outputSize: 3, weightInitStd: 0.5, dtype: 'float64' },
        convolution: { filters: 2, kernel: 3 },
        rng: createRng(seed),
      }),
      randomNormal([4, 2, 5, 6], { rng }),
      gradientOf,
    )
  /** The gradients of another pass of the correct network. */
  const gradientsOf = (correct: Network, x: Tensor, t: Uint8Array): NamedTensors =>
    Object.fromEntries(Object.entries(correct.gradient(x, t)).map(([name, g]) => [name, g.clone()]))
  const decay = { weightDecay: WEIGHT_DECAY }
  return [
    multiLayerNet(
      'the gradient of the weight decay is left out',
      (correct, x, t) => withoutDecay(correct, x, t, 1),
      decay,
    ),
    multiLayerNet(
      'the gradient of the weight decay is 2·λ·W',
      (correct, x, t) => withoutDecay(correct, x, t, -1),
      decay,
    ),
    multiLayerNet('the weight decay of the biases, which the loss does not have', biasesDecay, decay),
    multiLayerNet(
      'the masks of the next pass',
      (correct, x, t) => {
        correct.loss(x, t, { train: true })
        return gradientsOf(correct, x, t)
      },
      { dropout: 0.4 },
    ),
    simpleConvNet('the filters turned by 180°', (correct, x, t) => {
      const { W1 } = correct.gradient(x, t)
      return { W1: map(W1, (_, i) => W1.data[Math.floor(i / 9) * 9 + (8 - (i % 9))]) }
    }),
    simpleConvNet('the filters of the first image alone', (correct, x, t) => {
      const { W1 } = gradientsOf(correct, x.rows(0, 1), t.subarray(0, 1))
      return { W1 }
    }),
    simpleConvNet('the affine layer takes pixels with channels last', (correct, x, t) => {
      const W2 = correct.gradient(x, t).W2 as Tensor
      const [inputs, units] = W2.shape
      const wrong = zeros(W2.shape)
      const pixels = inputs / 2
      for (let i = 0; i < inputs; i++) {
        wrong.rows(i, i + 1).data.set(W2.row((i % 2) * pixels + Math.floor(i / 2)).data.subarray(0, units))
      }
      return { W2: wrong }
    }),
  ]
}

/** The gradients of the weights (not the biases) less `times` the gradient λ·W of the weight decay. */
const withoutDecay = (correct: Network, x: Tensor, t: Uint8Array, times: number): NamedTensors =>
  Object.fromEntries(
    weightsOf(correct, x, t, 'W').map(({ name, value, grad }) => [
      name,
      sub(
        grad,
        map(value, (one) => times * WEIGHT_DECAY * one),
      ),
    ]),
  )

const biasesDecay = (correct: Network, x: Tensor, t: Uint8Array): NamedTensors =>
  Object.fromEntries(
    weightsOf(correct, x, t, 'b').map(({ name, value, grad }) => [
      name,
      map(grad, (one, i) => one + WEIGHT_DECAY * (value.data[i] + 1)),
    ]),
  )

function weightsOf(correct: Network, x: Tensor, t: Uint8Array, letter: string) {
  const gradients = correct.gradient(x, t) as NamedTensors
  return correct
    .parameters()
    .filter(({ name }) => name.startsWith(letter))
    .map(({ name, value }) => ({ name, value, grad: gradients[name] as Tensor }))
}
