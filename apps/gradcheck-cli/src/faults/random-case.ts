import { AddLayer, Affine, type Layer, MulLayer, Relu, Sequential, Sigmoid, Tanh } from '@gosa/layers'
import { createRng, type Rng, randomNormal, type Shape, type Tensor } from '@gosa/linalg'
import { MeanSquaredErrorLoss, SoftmaxWithLoss, softmax } from '@gosa/losses'
import { ACTIVATIONS, MultiLayerNet, TwoLayerNet } from '@gosa/networks'
import type { Case } from '../cases/case.ts'

/** What is drawn with: everything is of another shape and size each time. */
interface Dice {
  readonly rng: Rng
  /** A whole number from 1 to 5. */
  size(): number
  /** From 1e-3 to 1e3, each power of ten as likely as another. */
  scale(): number
  values(shape: Shape, scale: number): Tensor
}

/**
 * Correct code at random: any layer, loss or network, of any shape, with inputs and weights of sizes from 1e-3 to 1e3,
 * and inputs of ReLUs often at their kink, or next to it. The number decides on all of it.
 */
export function randomCase(seed: number, number: number): Case {
  const dice = diceFrom(createRng(seed * 1_000_003 + number))
  const make = MAKERS[number % MAKERS.length]
  return make(dice)
}

function diceFrom(rng: Rng): Dice {
  return {
    rng,
    size: () => 1 + rng.integer(5),
    scale: () => 10 ** (6 * rng.uniform() - 3),
    values: (shape, std) => randomNormal(shape, { std, rng }),
  }
}

const elementwise =
  (name: string, make: () => Layer) =>
  ({ size, scale, values }: Dice): Case => ({
    name,
    layer: make(),
    x: values([size(), size()], scale()),
    options: { independent: true },
  })

/** Moves some entries to the kink, and some so near that a step leads over it. */
function towardsKink({ rng }: Dice, x: Tensor): Tensor {
  for (let i = 0; i < x.size; i++) {
    const choice = rng.integer(4)
    if (choice === 0) x.data[i] = 0
    if (choice === 1) x.data[i] *= 10 ** (-14 * rng.uniform())
  }
  return x
}

const affine = ({ scale, values }: Dice, inputs: number, outputs: number): Affine =>
  new Affine(values([inputs, outputs], scale()), values([outputs], scale()))

const relu = (dice: Dice): Case => ({
  name: 'Relu',
  layer: new Relu(),
  x: towardsKink(dice, dice.values([dice.size(), dice.size()], dice.scale())),
  options: { independent: true },
})

function single(dice: Dice): Case {
  const [N, D, M] = [dice.size(), dice.size(), dice.size()]
  return { name: 'Affine', layer: affine(dice, D, M), x: dice.values([N, D], dice.scale()) }
}

function sequential(dice: Dice): Case {
  const widths = Array.from({ length: 2 + dice.rng.integer(2) }, dice.size)
  const layers = widths.slice(1).flatMap((width, i) => {
    const activation = [new Relu(), new Sigmoid(), new Tanh()][dice.rng.integer(3)]
    return [tame(dice, widths[i], width), activation]
  })
  const x = dice.values([dice.size(), widths[0]], 1)
  return { name: 'Sequential', layer: new Sequential(layers), x, options: { independent: true } }
}

/** Weights with which signals keep their size from layer to layer, as in nets that learn. */
const tame = ({ values }: Dice, inputs: number, outputs: number): Affine =>
  new Affine(values([inputs, outputs], inputs ** -0.5), values([outputs], 0.5))

const node =
  (name: string, make: () => object) =>
  ({ size, scale, values }: Dice): Case => {
    const shape = [size(), size()]
    return { name, layer: make(), inputs: [values(shape, scale()), values(shape, scale())] }
  }

function classes({ rng, size, scale, values }: Dice): Case {
  const [N, C] = [size(), 1 + size()]
  const t = Uint8Array.from({ length: N }, () => rng.integer(C))
  return { name: 'SoftmaxWithLoss', loss: new SoftmaxWithLoss(), x: values([N, C], scale()), t }
}

function probabilities({ size, scale, values }: Dice): Case {
  const shape = [size(), 1 + size()]
  const t = softmax(values(shape, 1))
  return { name: 'SoftmaxWithLoss', loss: new SoftmaxWithLoss(), x: values(shape, scale()), t }
}

function squaredError({ size, scale, values }: Dice): Case {
  const shape = [size(), size()]
  const s = scale()
  return {
    name: 'MeanSquaredErrorLoss',
    loss: new MeanSquaredErrorLoss(),
    x: values(shape, s),
    t: values(shape, s),
  }
}

function network({ rng, size, scale, values }: Dice): Case {
  const [N, inputSize, hiddenSize, outputSize] = [size(), size(), size(), 1 + size()]
  const weightInitStd = 10 ** (2 * rng.uniform() - 2)
  const net = new TwoLayerNet({ inputSize, hiddenSize, outputSize, weightInitStd, rng, dtype: 'float64' })
  const t = Uint8Array.from({ length: N }, () => rng.integer(outputSize))
  return { name: 'TwoLayerNet', network: net, x: values([N, inputSize], scale()), t }
}

/** Weights with which signals keep their size, as in nets that learn. */
function deepNetwork({ rng, size, values }: Dice): Case {
  const sizes = [size(), size(), size(), 1 + size()]
  const activation = ACTIVATIONS[rng.integer(ACTIVATIONS.length)]
  const net = new MultiLayerNet({ sizes, activation, init: 'xavier', rng, dtype: 'float64' })
  const [N, C] = [size(), sizes[3]]
  const t = Uint8Array.from({ length: N }, () => rng.integer(C))
  return { name: 'MultiLayerNet', network: net, x: values([N, sizes[0]], 1), t }
}

const MAKERS = [
  relu,
  single,
  elementwise('Sigmoid', () => new Sigmoid()),
  elementwise('Tanh', () => new Tanh()),
  node('MulLayer', () => new MulLayer<Tensor>()),
  node('AddLayer', () => new AddLayer<Tensor>()),
  sequential,
  classes,
  probabilities,
  squaredError,
  network,
  deepNetwork,
]
