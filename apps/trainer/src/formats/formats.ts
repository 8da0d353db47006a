import { encodeNpz, encodeOnnx } from '@gosa/formats'
import { encodeModel } from '@gosa/training'
import type { Model } from '../model/model-file.ts'
import { encodeJson } from './json.ts'

type Trained = Pick<Model, 'weights' | 'activation'>

/** How each format becomes the content of a file. */
const ENCODERS = {
  /** `{ "W1": { "dtype": "float32", "shape": [784, 50], "data": [ … row-major … ] }, … }` */
  json: encodeJson,
  /** Weights, with the activation as metadata. */
  safetensors: ({ weights, activation }: Trained) => encodeModel(weights, activation),
  /** Weights alone, for NumPy. */
  npz: ({ weights }: Trained) => encodeNpz(weights),
  /** The network, from images to logits. */
  onnx: encodeOnnx,
}

export type Format = keyof typeof ENCODERS

/** What `--format` can be. */
export const FORMATS = Object.keys(ENCODERS) as Format[]

/** The content of a file with a model. */
export const encodeAs = (format: Format, model: Trained): string | Uint8Array => ENCODERS[format](model)

/** The format that a file's name ends with; JSON where it ends with none. */
export const formatOf = (file: string): Format =>
  FORMATS.find((format) => file.endsWith(`.${format}`)) ?? 'json'
