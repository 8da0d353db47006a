/** A network in training on some images, with everything that the pages show of it. */
import type { Samples } from '@gosa/datasets'
import { concat, createRng, type FloatArray, type Tensor } from '@gosa/linalg'
import { softmax } from '@gosa/losses'
import { layerSizes, weightsBytes } from '@gosa/networks'
import {
  accuracyOf,
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
import {
  type FeatureMaps,
  MAX_MISTAKES,
  type Measurement,
  type MistakeImage,
  type Prediction,
  type WeightImages,
} from '../protocol.ts'
import type { TrainSettings } from '../settings.ts'
import type { Images } from './images.ts'
import {
  createNetwork,
  encodeNetwork,
  featureMapsOf,
  filtersOf,
  inBatches,
  type PageNetwork,
  takesImages,
} from './models.ts'

export interface Session {
  readonly settings: TrainSettings
  readonly images: Images
  readonly network: Classifier
  readonly training: Training
  /** The name of the file that the network was loaded from, if any. */
  readonly loaded?: string
  /** The layer sizes: inputs, hidden units if they are all layers, classes. */
  readonly sizes: readonly number[]
  /** Evaluates the network as it stands. */
  evaluate(): Omit<Measurement, 'sha256'>
  /** The SHA-256 of the weights, hexadecimal; undefined if the browser offers none (pages without https). */
  sha256(): Promise<string | undefined>
  weightImages(): WeightImages
  /** The prediction for an image (784). */
  predict(image: Tensor): Prediction
  /** The network as a model file. */
  encode(): Uint8Array
}

/** Trains as gosa-trainer does: one generator draws first the weights, then the batches. */
export function createSession(
  settings: TrainSettings,
  images: Images,
  loaded?: { readonly network: PageNetwork; readonly name: string },
): Session {
  const rng = createRng(settings.seed)
  const { batchSize } = settings
  const network = loaded?.network ?? createNetwork(settings, images.info.classes, rng)
  const areImages = takesImages(network)
  const model = network as Classifier
  const { train, test } = areImages ? images.asImages() : images
  const optimizer = createOptimizer(settings.optimizer, settings)
  const training = createTraining({ model, optimizer, data: train, batchSize, rng })
  // A ConvNet takes longer, so it is measured on the first images, as in the book.
  const predictor = areImages ? inBatches(model, (parts) => concat(parts)) : model
  const [seen, unseen] = [train, test].map((set) => (areImages ? firstOf(set, MEASURED_IMAGES) : set))

  return {
    ...{ settings, images, network: model, training },
    sizes: areImages ? [784, images.info.classes] : layerSizes(network.params),
    loaded: loaded?.name,
    evaluate() {
      const { accuracy: testAccuracy, loss: testLoss, predicted } = evaluateClassifier(predictor, unseen)
      return {
        iteration: training.iteration,
        ...{ testAccuracy, testLoss },
        trainAccuracy: accuracyOf(predictor, seen),
        confusion: confusionMatrix(unseen.t, predicted, images.info.classes),
        mistakes: worstMistakes(predictor, unseen, predicted, MAX_MISTAKES).map(
          ({ index, label, predicted, probability }): MistakeImage => ({
            ...{ label, predicted, probability },
            pixels: Uint8Array.from(unseen.x.row(index).data, (grey) => Math.round(255 * grey)),
          }),
        ),
      }
    },
    sha256: () => sha256(weightsBytes(network.parameters())),
    weightImages() {
      const filters = filtersOf(network)
      return filters ? quantizeFilters(filters) : quantize(unitImages(network.parameters()[0].value))
    },
    predict(image) {
      if (!areImages) return { probabilities: Float32Array.from(softmax(model.predict(image)).data) }
      const x = image.reshape([1, 1, 28, 28])
      const probabilities = Float32Array.from(softmax(model.predict(x)).data)
      const maps = featureMapsOf(network, x)
      return { probabilities, ...(maps && { maps: quantizeMaps(maps) }) }
    },
    encode: () => encodeNetwork(network, training.iteration),
  }
}

/** The number of images that a ConvNet is measured on. */
const MEASURED_IMAGES = 1000

const firstOf = ({ x, t }: Samples<Uint8Array>, count: number): Samples<Uint8Array> => ({
  x: x.rows(0, Math.min(count, t.length)),
  t: t.subarray(0, count),
})

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
  return { units: images.length, width: 28, height: 28, levels }
}

/** Filters (F, C, FH, FW) as levels, 128 for 0; of several channels the first. Each filter in its own range. */
function quantizeFilters(filters: Tensor): WeightImages {
  const [units, , height, width] = filters.shape
  const size = height * width
  const levels = new Uint8Array(units * size)
  for (let unit = 0; unit < units; unit++) {
    const weights = filters.row(unit).data.subarray(0, size)
    const limit = largestMagnitude(weights) || 1
    for (let i = 0; i < size; i++) levels[unit * size + i] = 128 + Math.round((127 * weights[i]) / limit || 0)
  }
  return { units, width, height, levels }
}

/** Feature maps (1, F, H, W) as levels from 0, in one range, so that weak maps look weak. */
function quantizeMaps({ data, shape: [, count, height, width] }: Tensor): FeatureMaps {
  const limit = largestMagnitude(data) || 1
  return {
    count,
    height,
    width,
    levels: Uint8Array.from(data, (one) => Math.round((255 * Math.max(0, one)) / limit || 0)),
  }
}

const largestMagnitude = (values: FloatArray): number => {
  let largest = 0
  for (const value of values) if (Math.abs(value) > largest) largest = Math.abs(value)
  return largest
}
