/** The networks that this page trains or opens, and their files. */
import type { Rng, Tensor } from '@gosa/linalg'
import {
  decodeModel,
  encodeModel,
  layerSizes,
  loadModel,
  type MultiLayerNet,
  type Network,
  SimpleConvNet,
  saveModel,
  TwoLayerNet,
} from '@gosa/networks'
import { BOOK_DEFAULTS, type Classifier } from '@gosa/training'
import type { TrainSettings } from '../settings.ts'

/** A network of Affine layers on vectors of 784 pixels, or one that takes images (1, 28, 28). */
export type PageNetwork = MultiLayerNet | TwoLayerNet | SimpleConvNet

/** The network of the settings. */
export function createNetwork({ network, hidden }: TrainSettings, classes: number, rng: Rng): PageNetwork {
  if (network === 'simple-conv') return new SimpleConvNet({ outputSize: classes, rng })
  const { weightInitStd } = BOOK_DEFAULTS
  return new TwoLayerNet({ inputSize: 784, hiddenSize: hidden, outputSize: classes, weightInitStd, rng })
}

/** Whether a network takes images (N, 1, 28, 28) in place of vectors (N, 784). */
export const takesImages = (network: PageNetwork): boolean => network.inputShape?.length === 3

/** The network as a model file. */
export const encodeNetwork = (network: PageNetwork, iteration: number): Uint8Array =>
  takesImages(network)
    ? saveModel(network as SimpleConvNet, { iteration })
    : encodeModel(network as MultiLayerNet, { iteration })

/** The network of a model file. Throws a `RangeError` unless it classifies images of digits. */
export function openModel(bytes: Uint8Array): PageNetwork {
  const convolutional = openImageModel(bytes)
  if (convolutional) return convolutional
  const network = decodeModel(bytes)
  const sizes = layerSizes(network.params)
  if (sizes[0] === 784 && sizes[sizes.length - 1] === 10) return network
  throw new RangeError(
    `the network is ${sizes.join('-')}, but this page takes networks of 784 inputs and 10 classes`,
  )
}

/** The network of a file with an architecture whose samples are images of 28 × 28; undefined for other files. */
function openImageModel(bytes: Uint8Array): PageNetwork | undefined {
  let network: Network<never>
  try {
    ;({ network } = loadModel(bytes))
  } catch {
    return undefined
  }
  return String(network.inputShape) === '1,28,28' ? (network as unknown as PageNetwork) : undefined
}

/** The layers up to the first convolution and its activation; undefined if there is no convolution. */
function firstConvolution(network: PageNetwork) {
  const layers = Object.values(network.layers)
  const at = layers.findIndex((layer) => layer.parameters()[0]?.value.rank === 4)
  return at < 0 ? undefined : { filters: layers[at].parameters()[0].value, layers: layers.slice(0, at + 2) }
}

/** The filters (F, C, FH, FW) of the first convolution; undefined if there is none. */
export const filtersOf = (network: PageNetwork): Tensor | undefined => firstConvolution(network)?.filters

/** The feature maps (1, F, H, W) of the first convolution, after its activation, for an image (1, 1, 28, 28). */
export const featureMapsOf = (network: PageNetwork, image: Tensor): Tensor | undefined =>
  firstConvolution(network)?.layers.reduce<Tensor>((x, layer) => layer.forward(x), image)

/** The largest number of images that a ConvNet reads at once: their feature maps need much memory. */
const BATCH = 100

/** A network whose `predict` reads images in batches. */
export const inBatches = (network: Pick<Classifier, 'predict'>, concat: (parts: Tensor[]) => Tensor) => ({
  predict(x: Tensor): Tensor {
    const parts: Tensor[] = []
    for (let from = 0; from < x.shape[0]; from += BATCH) {
      parts.push(network.predict(x.rows(from, Math.min(x.shape[0], from + BATCH))).clone())
    }
    return concat(parts)
  },
})
