import { AddLayer, Affine, type Layer, MulLayer, Relu, Sequential, Sigmoid, Tanh } from '@gosa/layers'
import { createRng, type Rng, randomNormal, type Shape, type Tensor } from '@gosa/linalg'
import { MeanSquaredErrorLoss, SoftmaxWithLoss, softmax } from '@gosa/losses'
import { ACTIVATIONS, MultiLayerNet, TwoLayerNet } from '@gosa/networks'
import type { Case } from '../cases/case.ts'
import { suiteCases } from '../cases/suite.ts'

/*
 * Random correct code: any layer, loss or network of the packages, most of any shape, with inputs and weights of magnitudes
 * from 1e-3 to 1e3, and inputs of ReLUs often at their kink or next to it. The checker must not fail any of it.
 */

/** Random sizes, magnitudes and values for a case. */
interface RandomSizes {
  readonly rng: Rng
  /** An integer from 1 to 5. */
  size(): number
  /** A magnitude from 1e-3 to 1e3, uniform in its logarithm. */
  scale(): number
  /** Normally distributed values with the given standard deviation. */
  values(shape: Shape, std: number): Tensor
}

/** Makes the correct case with an index; seed and index determine all of it. */
export function randomCase(seed: number, index: number): Case {
  const make = MAKERS[index % MAKERS.length]
  return make(createRandomSizes(createRng(seed * 1_000_003 + index)))
}

function createRandomSizes(rng: Rng): RandomSizes {
  return {
    rng,
    size: () => 1 + rng.integer(5),
    scale: () => 10 ** (6 * rng.uniform() - 3),
    values: (shape, std) => randomNormal(shape, { std, rng }),
  }
}

const elementwise =
  (name: string, make: () => Layer) =>
  ({ size, scale, values }: RandomSizes): Case => ({
    name,
    layer: make(),
    x: values([size(), size()], scale()),
    options: { independent: true },
  })

/** Moves some entries to the kink, and some so close that a step crosses it. */
function moveTowardsKink({ rng }: RandomSizes, x: Tensor): Tensor {
  for (let i = 0; i < x.size; i++) {
    const choice = rng.integer(4)
    if (choice === 0) x.data[i] = 0
    if (choice === 1) x.data[i] *= 10 ** (-14 * rng.uniform())
  }
  return x
}

const affine = ({ scale, values }: RandomSizes, inputs: number, outputs: number): Affine =>
  new Affine(values([inputs, outputs], scale()), values([outputs], scale()))

const relu = (random: RandomSizes): Case => ({
  name: 'Relu',
  layer: new Relu(),
  x: moveTowardsKink(random, random.values([random.size(), random.size()], random.scale())),
  options: { independent: true },
})

function affineLayer(random: RandomSizes): Case {
  const [N, D, M] = [random.size(), random.size(), random.size()]
  return { name: 'Affine', layer: affine(random, D, M), x: random.values([N, D], random.scale()) }
}

function sequential(random: RandomSizes): Case {
  const widths = Array.from({ length: 2 + random.rng.integer(2) }, random.size)
  const layers = widths.slice(1).flatMap((width, i) => {
    const activation = [new Relu(), new Sigmoid(), new Tanh()][random.rng.integer(3)]
    return [scaledAffine(random, widths[i], width), activation]
  })
  const x = random.values([random.size(), widths[0]], 1)
  return { name: 'Sequential', layer: new Sequential(layers), x, options: { independent: true } }
}

/** Weights with which signals keep their magnitude from layer to layer, as in networks that learn. */
const scaledAffine = ({ values }: RandomSizes, inputs: number, outputs: number): Affine =>
  new Affine(values([inputs, outputs], inputs ** -0.5), values([outputs], 0.5))

const node =
  (name: string, make: () => object) =>
  ({ size, scale, values }: RandomSizes): Case => {
    const shape = [size(), size()]
    return { name, layer: make(), inputs: [values(shape, scale()), values(shape, scale())] }
  }

function softmaxWithClasses({ rng, size, scale, values }: RandomSizes): Case {
  const [N, C] = [size(), 1 + size()]
  const t = Uint8Array.from({ length: N }, () => rng.integer(C))
  return { name: 'SoftmaxWithLoss', loss: new SoftmaxWithLoss(), x: values([N, C], scale()), t }
}

function softmaxWithProbabilities({ size, scale, values }: RandomSizes): Case {
  const shape = [size(), 1 + size()]
  const t = softmax(values(shape, 1))
  return { name: 'SoftmaxWithLoss', loss: new SoftmaxWithLoss(), x: values(shape, scale()), t }
}

function squaredError({ size, scale, values }: RandomSizes): Case {
  const shape = [size(), size()]
  const s = scale()
  return {
    name: 'MeanSquaredErrorLoss',
    loss: new MeanSquaredErrorLoss(),
    x: values(shape, s),
    t: values(shape, s),
  }
}

function twoLayerNet({ rng, size, scale, values }: RandomSizes): Case {
  const [N, inputSize, hiddenSize, outputSize] = [size(), size(), size(), 1 + size()]
  const weightInitStd = 10 ** (2 * rng.uniform() - 2)
  const net = new TwoLayerNet({ inputSize, hiddenSize, outputSize, weightInitStd, rng, dtype: 'float64' })
  const t = Uint8Array.from({ length: N }, () => rng.integer(outputSize))
  return { name: 'TwoLayerNet', network: net, x: values([N, inputSize], scale()), t }
}

function multiLayerNet({ rng, size, values }: RandomSizes): Case {
  const [inputSize, ...hiddenSizes] = [size(), size(), size()]
  const outputSize = 1 + size()
  const activation = ACTIVATIONS[rng.integer(ACTIVATIONS.length)]
  const sizes = { inputSize, hiddenSizes, outputSize }
  const net = new MultiLayerNet({ ...sizes, activation, weightInitStd: 'xavier', rng, dtype: 'float64' })
  const N = size()
  const t = Uint8Array.from({ length: N }, () => rng.integer(outputSize))
  return { name: 'MultiLayerNet', network: net, x: values([N, inputSize], 1), t }
}

/** The kinds of the suite whose cases have fixed shapes here, but random weights and inputs. */
const KINDS_WITH_FIXED_SHAPES = [
  'BinaryCrossEntropyWithLogits',
  'HuberLoss',
  'Convolution',
  'MaxPooling',
  'AveragePooling',
  'GlobalAveragePooling',
  'Flatten',
  'LeakyRelu',
  'Elu',
  'Gelu',
  'Softplus',
  'BatchNormalization',
  'LayerNormalization',
  'Dropout',
  'Embedding',
  'SimpleConvNet',
  'DeepConvNet',
]

/** One of the suite's cases of a kind, with weights and inputs of another seed. */
const fromSuite =
  (kind: string) =>
  ({ rng }: RandomSizes): Case => {
    const cases = suiteCases(rng.integer(2 ** 31)).filter(({ name }) => name.split(',')[0] === kind)
    return { ...cases[rng.integer(cases.length)], name: kind }
  }

const MAKERS = [
  relu,
  affineLayer,
  elementwise('Sigmoid', () => new Sigmoid()),
  elementwise('Tanh', () => new Tanh()),
  node('MulLayer', () => new MulLayer<Tensor>()),
  node('AddLayer', () => new AddLayer<Tensor>()),
  sequential,
  softmaxWithClasses,
  softmaxWithProbabilities,
  squaredError,
  twoLayerNet,
  multiLayerNet,
  ...KINDS_WITH_FIXED_SHAPES.map(fromSuite),
]
