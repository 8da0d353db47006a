import { createRng, type Tensor } from '@gosa/linalg'
import { softmax } from '@gosa/losses'
import { type MultiLayerNet, TwoLayerNet } from '@gosa/networks'
import {
  accuracyOf,
  BOOK_DEFAULTS,
  confusionMatrix,
  createOptimizer,
  createTraining,
  encodeModel,
  evaluate,
  type Training,
  weightsBytes,
  weightsOf,
} from '@gosa/training'
import { type Measured, MISTAKES, type WeightImages } from '../protocol.ts'
import type { TrainSettings } from '../settings.ts'
import type { Images } from './images.ts'
import { worstMistakes } from './mistakes.ts'
import { sha256 } from './sha256.ts'
import { weightImages } from './weight-images.ts'

/** A network in training on the images at hand. */
export interface Session {
  readonly settings: TrainSettings
  readonly images: Images
  readonly training: Training
  readonly sizes: readonly number[]
  /** The name of the file that the network came from, if any. */
  readonly loaded?: string
  measure(): Promise<Measured>
  weights(): WeightImages
  /** The probabilities of the classes. */
  predict(image: Tensor): Float32Array
  /** The bytes of a model file. */
  encoded(): Uint8Array
}

/** Training as `gosa-trainer` does it: one generator draws first the weights, then the batches. */
export function createSession(
  settings: TrainSettings,
  images: Images,
  from?: { readonly network: MultiLayerNet; readonly name: string },
): Session {
  const rng = createRng(settings.seed)
  const { hidden: hiddenSize, batchSize } = settings
  const network: TwoLayerNet | MultiLayerNet =
    from?.network ??
    new TwoLayerNet({
      ...{ inputSize: 784, hiddenSize, outputSize: images.info.classes },
      ...{ weightInitStd: BOOK_DEFAULTS.weightInitStd, rng },
    })
  const optimizer = createOptimizer(settings.optimizer, settings)
  const training = createTraining({ model: network, optimizer, data: images.train, batchSize, rng })
  const sizes = from?.network.sizes ?? [784, hiddenSize, images.info.classes]

  return {
    ...{ settings, images, training, sizes },
    loaded: from?.name,
    async measure() {
      const { iteration } = training
      const bytes = weightsBytes(weightsOf(network))
      const { accuracy: testAccuracy, loss: testLoss, predicted } = evaluate(network, images.test)
      return {
        ...{ iteration, testAccuracy, testLoss },
        trainAccuracy: accuracyOf(network, images.train),
        confusion: confusionMatrix(images.test.labels, predicted, sizes[sizes.length - 1]),
        mistakes: worstMistakes(network, images.test, predicted, MISTAKES),
        sha256: await sha256(bytes),
      }
    },
    weights: () => weightImages(network.parameters()[0].value),
    predict: (image) => Float32Array.from(softmax(network.predict(image)).data),
    encoded: () => encodeModel(weightsOf(network), from?.network.activation ?? 'relu', training.iteration),
  }
}
