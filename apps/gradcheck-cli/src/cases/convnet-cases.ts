import {
  AveragePooling,
  BatchNormalization,
  Convolution,
  type ConvolutionOptions,
  Dropout,
  Elu,
  Embedding,
  Flatten,
  Gelu,
  GlobalAveragePooling,
  LayerNormalization,
  LeakyRelu,
  MaxPooling,
  Softplus,
} from '@gosa/layers'
import { createRng, type Rng, randomNormal, type Shape, type Tensor, tensor } from '@gosa/linalg'
import { DeepConvNet, MultiLayerNet, SimpleConvNet } from '@gosa/networks'
import type { Case } from './case.ts'

/*
 * The cases of the built-in suite for chapters 6 to 8: layers of images, normalization, dropout, further activations, and
 * ConvNets; with sizes that reveal faults: not square, several images and channels, strides unlike the window, sizes that are
 * not divisible, overlap, padding.
 */

const INDEPENDENT = { independent: true }
const TRAIN = { train: true }

/** Returns the cases; the generator determines their values. */
export const convnetCases = (rng: Rng): Case[] => [
  ...imageCases(rng),
  ...activationCases(rng),
  ...statefulCases(rng),
  ...networkCases(rng),
]

function imageCases(rng: Rng): Case[] {
  const values = (...shape: Shape): Tensor => randomNormal(shape, { rng })
  const convolution = (title: string, W: Shape, options: ConvolutionOptions, x: Shape): Case => {
    const [filters, b] = [W, [W[0]]].map((shape) => randomNormal(shape, { std: 0.5, rng }))
    const layer = () => new Convolution(filters.clone(), b.clone(), options)
    return { name: `Convolution, ${title}`, layer, x: values(...x), options: INDEPENDENT }
  }
  const pooling = (title: string, layer: () => object, x: Shape): Case => {
    return { name: title, layer, x: values(...x), options: INDEPENDENT }
  }
  return [
    convolution('3×2', [3, 2, 3, 2], {}, [2, 2, 4, 5]),
    convolution('stride 2, pixels left out', [2, 2, 2, 3], { stride: 2 }, [2, 2, 5, 6]),
    convolution('stride larger than the kernel', [2, 1, 2, 2], { stride: 3 }, [2, 1, 6, 7]),
    convolution('padding', [2, 2, 3, 3], { stride: [1, 2], pad: [1, 2] }, [2, 2, 3, 4]),
    pooling('MaxPooling, 2×2', () => new MaxPooling({ size: 2 }), [2, 2, 4, 5]),
    pooling(
      'MaxPooling, overlapping, padding',
      () => new MaxPooling({ size: 3, stride: 1, pad: 1 }),
      [2, 2, 3, 4],
    ),
    pooling('AveragePooling, 2×3', () => new AveragePooling({ size: [2, 3] }), [2, 2, 4, 7]),
    pooling(
      'AveragePooling, overlapping, padding',
      () => new AveragePooling({ size: 3, stride: 2, pad: 1 }),
      [2, 2, 4, 5],
    ),
    pooling('GlobalAveragePooling', () => new GlobalAveragePooling(), [2, 3, 2, 4]),
    pooling('Flatten', () => new Flatten(), [2, 3, 2, 4]),
  ]
}

function activationCases(rng: Rng): Case[] {
  const of = (name: string, layer: () => object): Case => {
    return { name, layer, x: randomNormal([3, 4], { std: 2, rng }), options: INDEPENDENT }
  }
  return [
    of('LeakyRelu', () => new LeakyRelu({ slope: 0.1 })),
    of('Elu', () => new Elu()),
    of('Elu, alpha ½', () => new Elu({ alpha: 0.5 })),
    of('Gelu', () => new Gelu()),
    of('Softplus', () => new Softplus()),
  ]
}

/** Layers with weights of their own, running statistics or random masks. Dropout has the same mask in each pass. */
function statefulCases(rng: Rng): Case[] {
  const values = (...shape: Shape): Tensor => randomNormal(shape, { rng })
  const batchNormalization = (): (() => BatchNormalization) => {
    const [gamma, beta, mean, deviation] = [1, 2, 3, 4].map(() => values(3))
    return () => {
      const layer = new BatchNormalization(gamma.clone(), beta.clone())
      layer.runningMean.data.set(mean.data)
      layer.runningVariance.data.set(deviation.data.map((value) => 1 + value * value))
      return layer
    }
  }
  const layerNormalization = (...shape: Shape): (() => LayerNormalization) => {
    const [gamma, beta] = [values(...shape), values(...shape)]
    return () => new LayerNormalization(gamma.clone(), beta.clone())
  }
  const dropout = () => new Dropout({ ratio: 0.4, rng: createRng(1) })
  const rows = values(5, 3)
  return [
    { name: 'BatchNormalization, training', layer: batchNormalization(), x: values(5, 3), options: TRAIN },
    {
      name: 'BatchNormalization, images, training',
      layer: batchNormalization(),
      x: values(2, 3, 2, 3),
      options: TRAIN,
    },
    {
      name: 'BatchNormalization, prediction',
      layer: batchNormalization(),
      x: values(4, 3),
      options: INDEPENDENT,
    },
    { name: 'LayerNormalization', layer: layerNormalization(5), x: values(3, 5), options: INDEPENDENT },
    {
      name: 'LayerNormalization, images',
      layer: layerNormalization(2, 3, 2),
      x: values(2, 2, 3, 2),
      options: INDEPENDENT,
    },
    { name: 'Dropout, training', layer: dropout, x: values(3, 4), options: TRAIN },
    { name: 'Dropout, prediction', layer: dropout, x: values(3, 4), options: INDEPENDENT },
    { name: 'Embedding', layer: () => new EmbeddingOfFixedIndices(rows.clone()), inputs: [] },
  ]
}

/** Indices cannot be moved a little, so they are no input of the check. */
class EmbeddingOfFixedIndices extends Embedding {
  override forward(): Tensor {
    return super.forward(
      tensor([
        [4, 0, 4],
        [1, 2, 1],
      ]),
    )
  }
  override backward(dout: Tensor): never {
    super.backward(dout)
    return [] as never
  }
}

/** ConvNets, small, with large weights; Dropout and BatchNormalization in training. */
function networkCases(rng: Rng): Case[] {
  const seed = rng.integer(2 ** 32)
  const x = randomNormal([3, 2, 5, 6], { rng })
  const t = Uint8Array.of(0, 2, 1)
  const common = { inputShape: [2, 5, 6], hiddenSize: 4, outputSize: 3, dtype: 'float64' } as const
  const simple = () =>
    new SimpleConvNet({
      ...common,
      convolution: { filters: 3, kernel: 2 },
      weightInitStd: 0.5,
      weightDecay: 0.1,
      rng: createRng(seed),
    })
  // Small, since a check of all entries runs them a thousand times.
  const filters = { filters: 2, kernel: 2, pad: 1 }
  const deep = () =>
    new DeepConvNet({
      ...common,
      inputShape: [1, 3, 2],
      hiddenSize: 2,
      convolutions: [filters, filters],
      dropout: 0.3,
      rng: createRng(seed),
    })
  const extended = () =>
    new MultiLayerNet({
      inputSize: 4,
      hiddenSizes: [3, 2],
      outputSize: 3,
      activation: 'tanh',
      dropout: 0.3,
      batchNormalization: true,
      weightDecay: 0.1,
      rng: createRng(seed),
      dtype: 'float64',
    })
  return [
    { name: 'SimpleConvNet', network: simple, x, t },
    { name: 'DeepConvNet, dropout', network: deep, x: randomNormal([3, 1, 3, 2], { rng }), t },
    {
      name: 'MultiLayerNet, batch normalization and dropout',
      network: extended,
      x: randomNormal([5, 4], { rng }),
      t: Uint8Array.of(0, 2, 1, 1, 0),
    },
  ]
}
