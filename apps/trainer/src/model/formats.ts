import { encodeSafetensors } from '@gosa/networks'
import type { Weights } from './weights.ts'

/** How each format becomes the content of a file. */
const ENCODERS = {
  /** `{ "W1": { "dtype": "float32", "shape": [784, 50], "data": [ … row-major … ] }, … }` */
  json: (weights: Weights): string =>
    `${JSON.stringify(Object.fromEntries(Object.entries(weights).map(plain)))}\n`,
  safetensors: (weights: Weights): Uint8Array => encodeSafetensors(weights),
}

export type Format = keyof typeof ENCODERS

/** What `--format` can be. */
export const FORMATS = Object.keys(ENCODERS) as Format[]

/** The content of a file with the given weights. */
export const encodeAs = (format: Format, weights: Weights): string | Uint8Array => ENCODERS[format](weights)

const plain = ([name, { dtype, shape, data }]: [string, Weights[string]]) =>
  [name, { dtype, shape, data: [...data] }] as const
