import { basename } from 'node:path'
import { usageError } from '@gosa/cli-kit'
import { encodeNpz, encodeOnnx } from '@gosa/formats'
import { encodeModel } from '@gosa/networks'
import { errorTexts } from '../texts/errors.ts'
import { encodeJson } from './json-weights.ts'
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
  onnx: ({ weights, activation }: ExportedModel) => encodeOnnx({ weights, activation }),
}

export type ExportFormat = keyof typeof ENCODERS

/** The formats that `--format` takes. */
export const EXPORT_FORMATS = Object.keys(ENCODERS) as ExportFormat[]

/** The content of a file that holds the model. */
export const exportModel = (format: ExportFormat, model: ExportedModel): string | Uint8Array =>
  ENCODERS[format](model)

/**
 * The format that the ending of a file name says, without regard to case; JSON for a name without an ending. Throws a
 * `CommandError` for any other ending: what the file is called must not say one format and its content be another.
 */
export function formatOfFile(file: string): ExportFormat {
  // Not `extname`, to which `.onnx` is a name without an ending.
  const ending = /\.([^.]*)$/.exec(basename(file))?.[1]
  if (ending === undefined) return 'json'
  const known = EXPORT_FORMATS.find((format) => format === ending.toLowerCase())
  if (known) return known
  throw usageError(
    errorTexts().model.exportEnding(
      file,
      ending,
      EXPORT_FORMATS.map((format) => `.${format}`).join(', '),
      EXPORT_FORMATS.join('|'),
    ),
  )
}
