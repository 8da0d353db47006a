import { type NamedDataset, usageError } from '@gosa/cli-kit'
import { outputShapes } from '@gosa/layers'
import { createRng, type Rng, type Shape } from '@gosa/linalg'
import { SoftmaxWithLoss } from '@gosa/losses'
import { buildLayers, DeepConvNet, MultiLayerNet, Network, SimpleConvNet } from '@gosa/networks'
import type { TrainingState } from '@gosa/training'
import { type DescribedNetwork, type NetworkConfig, networkName } from '../options/network-choice.ts'
import { errorTexts } from '../texts/errors.ts'

/** The networks that the trainer trains: new ones, and those of a saved state. */

/** What a network depends on of the images that it classifies. */
export type ImageSizes = Pick<NamedDataset, 'name' | 'height' | 'width' | 'classes'>

/**
 * A network with random weights, drawn layer by layer. Throws a usage `CommandError` if it does not take the images: what layer
 * cannot be built, with the sizes.
 */
export function createNetwork(config: NetworkConfig, images: ImageSizes, rng: Rng): Network {
  try {
    const network = buildNetwork(config, images, rng)
    checkOutput(network, images)
    return network
  } catch (error) {
    if (!(error instanceof RangeError || error instanceof TypeError)) throw error
    throw usageError(errorTexts().options.network(error.message), { cause: error })
  }
}

function buildNetwork(config: NetworkConfig, { height, width, classes }: ImageSizes, rng: Rng): Network {
  const { network, layers = [], activation, weightInitStd, dropout, batchNorm, dtype } = config
  const inputShape = [1, height, width]
  switch (networkName(config)) {
    case 'two-layer':
    case 'multi-layer':
      return new MultiLayerNet({
        inputSize: layers[0],
        hiddenSizes: layers.slice(1, -1),
        outputSize: layers[layers.length - 1],
        ...{ activation, weightInitStd, dropout, batchNormalization: batchNorm, rng, dtype },
      })
    case 'simple-conv':
      return new SimpleConvNet({ inputShape, outputSize: classes, weightInitStd, rng, dtype })
    case 'deep-conv':
      return new DeepConvNet({ inputShape, outputSize: classes, dropout, rng, dtype })
    case 'described': {
      const { layers, inputShape: given = inputShape } = network as DescribedNetwork
      return new Network({
        ...buildLayers({ layers, inputShape: given, rng, dtype }),
        loss: new SoftmaxWithLoss(),
      })
    }
  }
}

/** Throws a `RangeError` unless the network takes images of this size and has an output for each class. */
function checkOutput(network: Network, { name, height, width, classes }: ImageSizes): void {
  const { inputShape = [] } = network
  const pixels = elementsOf(inputShape)
  const { options } = errorTexts()
  if (pixels !== height * width)
    throw new RangeError(options.networkInput(inputShape.join('×'), name, height, width))
  const output = outputShapeOf(network)
  if (output?.length === 1 && output[0] >= classes) return
  throw new RangeError(options.networkOutput(output?.join('×') ?? '?', name, classes))
}

export const elementsOf = (shape: Shape): number => shape.reduce((product, length) => product * length, 1)

/** The shape of what a network puts out for one sample; undefined if it is not known. */
export const outputShapeOf = ({ layers, inputShape }: Pick<Network<never>, 'layers' | 'inputShape'>) =>
  outputShapes(layers, inputShape, 'Network').at(-1)

/** What a saved state says of a network. */
type NetworkState = Pick<TrainingState, 'weights' | 'buffers' | 'layersRng'>

/** A network with the weights and buffers of a saved state, and with its random state if it has one. */
export function restoreNetwork(config: NetworkConfig, images: ImageSizes, state: NetworkState): Network {
  const network = createNetwork(config, images, createRng(0))
  const tensors = { ...state.weights, ...state.buffers }
  for (const { name, value } of [...network.parameters(), ...network.buffers()]) {
    value.data.set(tensors[name].data)
  }
  if (state.layersRng !== undefined) network.randomState = state.layersRng as Network['randomState']
  return network
}
