import type { Dataset } from '@gosa/datasets'

/** Images to train and to test with: images (N, height·width) from 0 to 1, compressed where they can be; labels (N). */
export interface NamedData {
  /** What they are, for people: `MNIST`. */
  readonly name: string
  /** Drawn by a program and not by hands, which a command must say. */
  readonly generated: boolean
  /** What people should know of them, in a few words. */
  readonly remark?: string
  readonly classes: number
  readonly height: number
  readonly width: number
  readonly train: Dataset
  readonly test: Dataset
}
