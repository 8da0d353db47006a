import { encodeNpz, encodeOnnx } from '@gosa/formats'
import { encodeModel } from '@gosa/networks'
import type { Weights } from '@gosa/training'
import type { Model } from './model.ts'

/** The file formats of `gosa-trainer export`. */

type ExportedModel = Pick<Model, 'weights' | 'activation'>

const ENCODERS = {
  /** `{ "W1": { "dtype": "float32", "shape": [784, 50], "data": [ … row-major … ] }, … }` */
  json: ({ weights }: ExportedModel) => encodeJson(weights),
  /** Weights, with the activation as metadata. */
  safetensors: ({ weights, activation }: ExportedModel) => encodeModel({ params: weights, activation }),
  /** Weights alone, for NumPy. */
  npz: ({ weights }: ExportedModel) => encodeNpz(weights),
  /** The network, from images to logits. */
  onnx: encodeOnnx,
}

export type ExportFormat = keyof typeof ENCODERS

/** The formats that `--format` takes. */
export const EXPORT_FORMATS = Object.keys(ENCODERS) as ExportFormat[]

/** The content of a file that holds the model. */
export const exportModel = (format: ExportFormat, model: ExportedModel): string | Uint8Array =>
  ENCODERS[format](model)

/** The format that the ending of a file name says; JSON for any other ending. */
export const formatOfFile = (file: string): ExportFormat =>
  EXPORT_FORMATS.find((format) => file.endsWith(`.${format}`)) ?? 'json'

/** Weights as JSON: dtype, shape and elements of each, row by row. */
const encodeJson = (weights: Weights): string =>
  `${JSON.stringify(
    Object.fromEntries(
      Object.entries(weights).map(([name, { dtype, shape, data }]) => [
        name,
        { dtype, shape, data: [...data] },
      ]),
    ),
  )}\n`
