/** The messages between the pages and the worker that trains. */
import type { DataErrorCode } from '@gosa/datasets'
import type { Point } from '@gosa/training'
import type { WeightMessage } from './example-network.ts'
import type { TrainSettings } from './settings.ts'

/** The requests of the pages. */
export type Request =
  /** Create images and a network, unless those of the same settings are there; with `restart`, in any case. */
  | { readonly type: 'prepare'; readonly settings: TrainSettings; readonly restart?: boolean }
  /** Train up to an iteration. */
  | { readonly type: 'run'; readonly iterations: number }
  | { readonly type: 'pause' }
  /** Take one step. */
  | { readonly type: 'step' }
  /** Read the files of a data set, for use by a later `prepare`. */
  | { readonly type: 'files'; readonly files: readonly File[] }
  /** Replace the network by that of a model file. */
  | { readonly type: 'load'; readonly name: string; readonly bytes: Uint8Array }
  /** Send the network as a model file. */
  | { readonly type: 'save' }
  /** Train the example network of the page Graph. */
  | { readonly type: 'pretrain' }
  /** Classify an image: 784 pixels from 0 to 1. */
  | { readonly type: 'predict'; readonly id: number; readonly image: Float32Array }

/** A description of the images in use. */
export interface ImagesInfo {
  readonly kind: TrainSettings['data']
  readonly trainCount: number
  readonly testCount: number
  readonly classes: number
  /** Whether they are identical to MNIST's. */
  readonly isMnist: boolean
}

/** A misclassified image of the test set. */
export interface MistakeImage {
  /** 784 bytes. */
  readonly pixels: Uint8Array
  readonly label: number
  readonly predicted: number
  /** The probability of the predicted class. */
  readonly probability: number
}

/** The maximum number of mistakes in a message. */
export const MAX_MISTAKES = 12

/** The evaluation of the network at an iteration. */
export interface Measurement {
  readonly iteration: number
  readonly trainAccuracy: number
  readonly testAccuracy: number
  readonly testLoss: number
  /** `confusion[label][predicted]` of the test images. */
  readonly confusion: readonly (readonly number[])[]
  /** The most confident first. */
  readonly mistakes: readonly MistakeImage[]
  /** SHA-256 of the weights, W1 b1 W2 b2; undefined if the browser computes none (pages without https). */
  readonly sha256: string | undefined
}

/** The weights of the first layer as images, one for each hidden unit or filter: levels from 0 to 255, 128 for 0. */
export interface WeightImages {
  readonly units: number
  /** Pixels: 28×28 for hidden units, the size of the filters otherwise. */
  readonly width: number
  readonly height: number
  /** units·width·height levels, unit after unit. */
  readonly levels: Uint8Array
}

/** The feature maps of the first convolution, after its activation, for one image: levels from 0 to 255, 0 for 0. */
export interface FeatureMaps {
  readonly count: number
  readonly width: number
  readonly height: number
  /** count·width·height levels, map after map. */
  readonly levels: Uint8Array
}

/** What the network says of an image. */
export interface Prediction {
  /** Of the ten classes; empty if there is no network. */
  readonly probabilities: Float32Array
  /** If the network has a convolution. */
  readonly maps?: FeatureMaps
}

/** The messages of the worker. */
export type Reply =
  /** Digits are being generated. */
  | { readonly type: 'drawing'; readonly drawn: number; readonly total: number }
  /** There is another network. */
  | {
      readonly type: 'ready'
      readonly settings: TrainSettings
      readonly images: ImagesInfo
      /** Inputs, hidden units (not of a ConvNet), classes. */
      readonly sizes: readonly number[]
      /** The name of the file that the network came from, if any. */
      readonly loaded?: string
    }
  | {
      readonly type: 'progress'
      readonly iteration: number
      /** The losses since the last message; a point may be the mean of several steps. */
      readonly losses: readonly Point[]
      readonly samplesPerSecond: number
    }
  | { readonly type: 'measured'; readonly measurement: Measurement }
  | { readonly type: 'weights'; readonly weights: WeightImages }
  | { readonly type: 'stopped'; readonly iteration: number; readonly why: 'paused' | 'done' | 'diverged' }
  | { readonly type: 'files'; readonly images: ImagesInfo }
  | { readonly type: 'saved'; readonly bytes: Uint8Array; readonly iteration: number }
  | { readonly type: 'pretrained'; readonly weights: WeightMessage }
  | {
      readonly type: 'predicted'
      readonly id: number
      readonly prediction: Prediction
      readonly iteration: number
    }
  | {
      readonly type: 'failed'
      readonly request: FallibleRequest
      readonly name?: string
      readonly code?: DataErrorCode
      readonly message: string
    }

/** The requests that can fail; they change nothing then. */
export type FallibleRequest = 'files' | 'load' | 'prepare'
