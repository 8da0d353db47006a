import type { Samples } from '@gosa/datasets'

/** Images to train and to test with: x (N, height·width) from 0 to 1, compressed if possible; class indices t (N). */
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
  readonly train: Samples<Uint8Array>
  readonly test: Samples<Uint8Array>
}

/** The name of a set, and what people should know of it: `generated digits (drawn by a program)`. */
export const datasetLabel = ({ name, remark }: Pick<NamedData, 'name' | 'remark'>): string =>
  remark ? `${name} (${remark})` : name
