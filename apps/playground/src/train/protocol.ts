import type { DataErrorCode } from '@gosa/datasets'
import type { Point } from '@gosa/training'
import type { TrainSettings } from './settings.ts'

/** What the page asks of the worker. */
export type Request =
  /** Make the images and a new model, unless there are those of the same settings, and say so. */
  | { readonly type: 'prepare'; readonly settings: TrainSettings; readonly anew?: boolean }
  /** Take steps up to the iterations of the settings. */
  | { readonly type: 'run'; readonly iterations: number }
  | { readonly type: 'pause' }
  | { readonly type: 'step' }
  /** Read the files of a set of images; they are kept where they can be used. */
  | { readonly type: 'files'; readonly files: readonly File[] }
  /** Take the network of a file in place of the present one. */
  | { readonly type: 'load'; readonly name: string; readonly bytes: Uint8Array }
  /** Give the bytes of a file with the present network. */
  | { readonly type: 'save' }
  /** Say what the network sees in an image (784), from 0 to 1. */
  | { readonly type: 'predict'; readonly id: number; readonly image: Float32Array }

/** What is known of the images at hand. */
export interface ImagesInfo {
  readonly kind: TrainSettings['data']
  readonly trainCount: number
  readonly testCount: number
  readonly classes: number
  /** Whether they are known to be MNIST's. */
  readonly isMnist: boolean
}

/** An image of the test set that is taken for what it is not. */
export interface Mistake {
  /** 784 bytes. */
  readonly pixels: Uint8Array
  readonly label: number
  readonly predicted: number
  /** How sure the network is of what it predicted. */
  readonly probability: number
}

/** How many mistakes are told. */
export const MISTAKES = 12

/** How good the network is at an iteration. */
export interface Measured {
  readonly iteration: number
  readonly trainAccuracy: number
  readonly testAccuracy: number
  readonly testLoss: number
  /** `confusion[label][predicted]` of the test images. */
  readonly confusion: readonly (readonly number[])[]
  /** The surest first. */
  readonly mistakes: readonly Mistake[]
  /** SHA-256 of the weights, W1 b1 W2 b2; undefined where the browser computes none (pages without https). */
  readonly sha256: string | undefined
}

/** The weights of the first layer as pictures: bytes from 0 to 255, 128 for 0. */
export interface WeightImages {
  readonly units: number
  /** units·784 bytes, unit after unit. */
  readonly levels: Uint8Array
}

/** What the worker tells. */
export type Reply =
  | { readonly type: 'drawing'; readonly drawn: number; readonly total: number }
  | {
      readonly type: 'ready'
      readonly settings: TrainSettings
      readonly images: ImagesInfo
      /** Inputs, hidden units, classes. */
      readonly sizes: readonly number[]
      /** The name of the file that the network came from, if any. */
      readonly loaded?: string
    }
  | {
      readonly type: 'progress'
      readonly iteration: number
      /** The losses of the steps since the last word, those of several steps joined to a mean. */
      readonly losses: readonly Point[]
      readonly samplesPerSecond: number
    }
  | { readonly type: 'measured'; readonly measured: Measured }
  | { readonly type: 'weights'; readonly weights: WeightImages }
  | { readonly type: 'stopped'; readonly iteration: number; readonly why: 'paused' | 'done' | 'diverged' }
  | { readonly type: 'files'; readonly images: ImagesInfo }
  | { readonly type: 'saved'; readonly bytes: Uint8Array; readonly iteration: number }
  | {
      readonly type: 'predicted'
      readonly id: number
      readonly probabilities: Float32Array
      readonly iteration: number
    }
  | {
      readonly type: 'failed'
      readonly at: Failing
      readonly name?: string
      readonly code?: DataErrorCode
      readonly message: string
    }

/** What can fail, and leaves everything as it was. */
export type Failing = 'files' | 'load' | 'prepare'
