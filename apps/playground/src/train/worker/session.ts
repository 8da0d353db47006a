/** A network in training on some images, with everything that the pages show of it. */
import { createRng, type Tensor } from '@gosa/linalg'
import { softmax } from '@gosa/losses'
import { encodeModel, layerSizes, type MultiLayerNet, TwoLayerNet, weightsBytes } from '@gosa/networks'
import {
  accuracyOf,
  BOOK_DEFAULTS,
  type Classifier,
  confusionMatrix,
  createOptimizer,
  createTraining,
  evaluateClassifier,
  type Training,
  type UnitImages,
  unitImages,
  worstMistakes,
} from '@gosa/training'
import { MAX_MISTAKES, type Measurement, type MistakeImage, type WeightImages } from '../protocol.ts'
import type { TrainSettings } from '../settings.ts'
import type { Images } from './images.ts'

export interface Session {
  readonly settings: TrainSettings
  readonly images: Images
  readonly network: Classifier
  readonly training: Training
  /** The layer sizes: inputs, hidden units, classes. */
  readonly sizes: readonly number[]
  /** The name of the file that the network was loaded from, if any. */
  readonly loaded?: string
  /** Evaluates the network as it stands. */
  evaluate(): Omit<Measurement, 'sha256'>
  /** The SHA-256 of the weights, hexadecimal; undefined if the browser offers none (pages without https). */
  sha256(): Promise<string | undefined>
  weightImages(): WeightImages
  /** The probabilities of the classes. */
  predict(image: Tensor): Float32Array
  /** The network as a model file. */
  encode(): Uint8Array
}

/** Trains as gosa-trainer does: one generator draws first the weights, then the batches. */
export function createSession(
  settings: TrainSettings,
  images: Images,
  loaded?: { readonly network: MultiLayerNet; readonly name: string },
): Session {
  const rng = createRng(settings.seed)
  const { hidden: hiddenSize, batchSize } = settings
  const network: TwoLayerNet | MultiLayerNet =
    loaded?.network ??
    new TwoLayerNet({
      ...{ inputSize: 784, hiddenSize, outputSize: images.info.classes },
      ...{ weightInitStd: BOOK_DEFAULTS.weightInitStd, rng },
    })
  const optimizer = createOptimizer(settings.optimizer, settings)
  const training = createTraining({ model: network, optimizer, data: images.train, batchSize, rng })
  const sizes = layerSizes(network.params)

  return {
    ...{ settings, images, network, training, sizes },
    loaded: loaded?.name,
    evaluate() {
      const { accuracy: testAccuracy, loss: testLoss, predicted } = evaluateClassifier(network, images.test)
      return {
        iteration: training.iteration,
        ...{ testAccuracy, testLoss },
        trainAccuracy: accuracyOf(network, images.train),
        confusion: confusionMatrix(images.test.t, predicted, sizes[sizes.length - 1]),
        mistakes: worstMistakes(network, images.test, predicted, MAX_MISTAKES).map(
          ({ index, label, predicted, probability }): MistakeImage => ({
            ...{ label, predicted, probability },
            pixels: Uint8Array.from(images.test.x.row(index).data, (grey) => Math.round(255 * grey)),
          }),
        ),
      }
    },
    sha256: () => sha256(weightsBytes(network.parameters())),
    weightImages: () => quantize(unitImages(network.parameters()[0].value)),
    predict: (image) => Float32Array.from(softmax(network.predict(image)).data),
    encode: () => encodeModel(network, { iteration: training.iteration }),
  }
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string | undefined> {
  const digest = await globalThis.crypto?.subtle?.digest('SHA-256', bytes)
  return digest && Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Weights as levels from 0 to 255, 128 for 0 and for NaN. */
function quantize({ images, limit }: UnitImages): WeightImages {
  const size = images[0]?.length ?? 0
  const levels = new Uint8Array(images.length * size)
  for (const [unit, weights] of images.entries()) {
    for (let i = 0; i < size; i++) {
      levels[unit * size + i] = 128 + Math.round(127 * Math.max(-1, Math.min(1, weights[i] / limit || 0)))
    }
  }
  return { units: images.length, levels }
}
