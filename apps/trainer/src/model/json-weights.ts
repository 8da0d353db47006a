import { Tensor } from '@gosa/linalg'
import { WeightsError } from './foreign-layers.ts'

/** Weights as JSON, which `export` writes: `{ "W1": { "dtype": "float32", "shape": [784, 50], "data": […] }, … }`. */

/** Weights as JSON: dtype, shape and elements of each, row by row. */
export const encodeJson = (weights: Readonly<Record<string, Tensor>>): string =>
  `${JSON.stringify(
    Object.fromEntries(
      Object.entries(weights).map(([name, { dtype, shape, data }]) => [
        name,
        { dtype, shape, data: [...data] },
      ]),
    ),
  )}\n`

/** Whether bytes are an object of JSON. A safetensors file may begin with `{` too, but its eighth byte is 0. */
export const isJson = (bytes: Uint8Array): boolean =>
  bytes[7] !== 0 && /^\s*\{/.test(new TextDecoder().decode(bytes.subarray(0, 64)))

/** The tensors in a text of JSON. Throws a `WeightsError` that says what is wrong. */
export const decodeJson = (bytes: Uint8Array): Record<string, Tensor> =>
  Object.fromEntries(
    Object.entries(parse(new TextDecoder().decode(bytes))).map(([name, value]) => [
      name,
      decodeTensor(JSON.stringify(name), value),
    ]),
  )

function parse(text: string): object {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new WeightsError(`it is not JSON: ${(error as Error).message}`)
  }
}

function decodeTensor(name: string, value: unknown): Tensor {
  const { dtype, shape, data } = (value ?? {}) as { dtype?: unknown; shape?: unknown; data?: unknown }
  if (dtype !== 'float32' && dtype !== 'float64') {
    throw new WeightsError(`the dtype of ${name} is ${JSON.stringify(dtype)}, not "float32" or "float64"`)
  }
  if (!Array.isArray(shape) || !shape.every(Number.isSafeInteger)) {
    throw new WeightsError(`the shape of ${name} is not a list of integers`)
  }
  if (!Array.isArray(data) || data.length !== shape.reduce((size, length) => size * length, 1)) {
    throw new WeightsError(`the data of ${name} are not ${shape.join(' × ')} numbers`)
  }
  const other = data.findIndex((element) => typeof element !== 'number')
  if (other >= 0) {
    throw new WeightsError(`element ${other} of ${name} is ${JSON.stringify(data[other])}, not a number`)
  }
  return new Tensor(dtype === 'float32' ? Float32Array.from(data) : Float64Array.from(data), shape)
}
