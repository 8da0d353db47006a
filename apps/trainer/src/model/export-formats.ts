import { basename } from 'node:path'
import { usageError } from '@gosa/cli-kit'
import { encodeNpz, encodeOnnx } from '@gosa/formats'
import { buffersOf, type Weights, weightsOf } from '@gosa/training'
import { errorTexts } from '../texts/errors.ts'
import { encodeJson } from './json-weights.ts'
import { encodeNetwork, type Model } from './model.ts'

/** The file formats of `gosa-trainer export`. */

type ExportedModel = Pick<Model, 'network'>

/** All tensors of a network by name: its weights, then its buffers, such as running means. */
const tensorsOf = ({ network }: ExportedModel): Weights => ({ ...weightsOf(network), ...buffersOf(network) })

const ENCODERS = {
  /** `{ "W1": { "dtype": "float32", "shape": [784, 50], "data": [ … row-major … ] }, … }` */
  json: (model: ExportedModel) => encodeJson(tensorsOf(model)),
  /** A model file: weights and buffers, with the network as metadata. */
  safetensors: ({ network }: ExportedModel) => encodeNetwork(network),
  /** Weights and buffers alone, for NumPy. */
  npz: (model: ExportedModel) => encodeNpz(tensorsOf(model)),
  /** The network, from images to logits. */
  onnx: (model: ExportedModel) => encodeOnnx({ ...model.network.describe(), tensors: tensorsOf(model) }),
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
