import { CommandError, failure, usageError } from '@gosa/cli-kit'
import { decodeNpz, decodeOnnx, decodeSafetensors, readNpzNames } from '@gosa/formats'
import { Tensor, transpose } from '@gosa/linalg'
import { ACTIVATIONS, type Activation } from '@gosa/networks'
import { areFinite, type Weights, weightsOf } from '@gosa/training'
import { isZip, readBytes } from '../files/files.ts'
import { errorTexts } from '../texts/errors.ts'
import { findLayers, OrderError, orderLayers, shortName, WeightsError } from './foreign-layers.ts'
import { decodeJson, isJson } from './json-weights.ts'
import { networkOf } from './model.ts'

/** Weights of other programs: safetensors, npz, ONNX or JSON files, with our names, PyTorch's or Keras's. */

export { WeightsError } from './foreign-layers.ts'

/** The most bytes to which an archive may unpack: no network here is larger, so more is an attack or an error. */
const MAX_UNPACKED_BYTES = 2 ** 30

/** What a file of another program holds. */
export interface ForeignWeights {
  /** W1, b1, W2, b2, … */
  weights: Weights
  activation?: Activation
  /** The names of the layers, from the first to the last, unless they are ours. */
  order?: string[]
  /** Integers and booleans beside the weights, such as a counter of steps, with their dtypes. */
  leftOut: string[]
}

/**
 * Reads the weights of another program, in the order of the layers, and the activation: that of the file, else the given one.
 * `order` names the layers of a file whose names and sizes do not tell their order.
 *
 * Throws a `CommandError` that names the file.
 */
export async function readWeights(
  file: string,
  { activation: given, order }: { activation?: Activation; order?: readonly string[] } = {},
): Promise<ForeignWeights & { activation: Activation }> {
  const bytes = await readBytes(file)
  try {
    const decoded = await decodeWeights(bytes, order)
    // A single layer has no activation, so any will do.
    const isSingleLayer = Object.keys(decoded.weights).length <= 2
    const activation = decoded.activation ?? given ?? (isSingleLayer ? 'relu' : undefined)
    if (!activation) {
      throw usageError(errorTexts().model.noActivation(file, ACTIVATIONS.join('|')))
    }
    if (given && given !== activation) {
      throw usageError(errorTexts().model.otherActivation(file, activation, given))
    }
    const weights = weightsOf(networkOf(decoded.weights, activation))
    if (!areFinite(weights)) throw new RangeError('some of its weights are NaN or infinite')
    return { ...decoded, weights, activation }
  } catch (error) {
    if (error instanceof CommandError) throw error
    if (error instanceof OrderError) throw usageError(`${file}: ${error.message}`)
    throw failure(errorTexts().model.notModel(file, (error as Error).message), { cause: error })
  }
}

/**
 * The weights W1, b1, W2, b2, … of a safetensors, npz, ONNX or JSON file, told apart by its first bytes, and the activation if the file
 * names it.
 *
 * Rejects with a `FormatError` or a `WeightsError`, before memory is allocated for what the file lacks. Names are looked at
 * before an archive is unpacked.
 */
export async function decodeWeights(bytes: Uint8Array, order?: readonly string[]): Promise<ForeignWeights> {
  if (isZip(bytes)) {
    checkNames(readNpzNames(bytes))
    return renameWeights(await readNpzTensors(bytes), order)
  }
  if (isJson(bytes)) return renameWeights({ tensors: decodeJson(bytes), dtypes: {} }, order)
  if (isOnnx(bytes)) {
    if (order) throw new OrderError('the layers of an ONNX model have an order: leave out --order')
    return readOnnx(bytes)
  }
  const { tensors, others, metadata } = decodeSafetensors(bytes)
  const dtypes = Object.fromEntries(Object.entries(others).map(([name, { dtype }]) => [name, dtype]))
  return { ...renameWeights({ tensors, dtypes }, order), activation: parseActivation(metadata) }
}

/** Whether bytes begin with the version of ONNX's format, and not with the length of a safetensors header. */
const isOnnx = (bytes: Uint8Array): boolean => bytes[0] === 0x08 && bytes[8] !== 0x7b

/** The weights of fully connected layers with one activation between them. Throws a `WeightsError` for other layers. */
function readOnnx(bytes: Uint8Array): ForeignWeights {
  const { layers, tensors } = decodeOnnx(bytes)
  const types = Object.values(layers).map(({ type }) => type)
  const [first, ...rest] = types[0] === 'flatten' ? types.slice(1) : types
  const activation = ACTIVATIONS.find((name) => name === rest[0])
  const fits =
    rest.every((type, i) => type === (i % 2 === 0 ? activation : 'affine')) && rest.length % 2 === 0
  if (first !== 'affine' || !fits) {
    throw new WeightsError(
      `its layers are ${types.join(', ') || 'none'}; a model is made of fully connected layers (Gemm, or MatMul and Add) with ${ACTIVATIONS.join(', ')} between them`,
    )
  }
  const depth = 1 + rest.length / 2
  const weights = Array.from({ length: depth }, (_, i) => i + 1).flatMap((n) => [
    [`W${n}`, tensors[`Affine${n}.W`]] as const,
    [`b${n}`, tensors[`Affine${n}.b`]] as const,
  ])
  return { weights: Object.fromEntries(weights), leftOut: [], ...(activation && { activation }) }
}

/** Tensors of floats, and the dtypes of those that hold something else, by name. */
interface FileContent {
  tensors: Readonly<Record<string, Tensor>>
  dtypes: Readonly<Record<string, string>>
}

async function readNpzTensors(bytes: Uint8Array): Promise<FileContent> {
  const tensors: [string, Tensor][] = []
  const dtypes: [string, string][] = []
  const arrays = await decodeNpz(bytes, { limit: MAX_UNPACKED_BYTES })
  for (const [name, { dtype, shape, data }] of Object.entries(arrays)) {
    const isFloat = data instanceof Float32Array || data instanceof Float64Array
    if (isFloat) tensors.push([name, new Tensor(data, shape)])
    else dtypes.push([name, dtype])
  }
  return { tensors: Object.fromEntries(tensors), dtypes: Object.fromEntries(dtypes) }
}

function parseActivation({ activation }: Readonly<Record<string, string>>): Activation | undefined {
  const known = ACTIVATIONS.find((name) => name === activation)
  if (activation !== undefined && !known) {
    throw new WeightsError(`its activation is '${activation}', not one of ${ACTIVATIONS.join(', ')}`)
  }
  return known
}

const isOwnName = (name: string): boolean => /^[Wb][1-9]\d*$/.test(name)

/** Throws a `WeightsError` unless some of the names are those of layers. */
function checkNames(names: readonly string[]): void {
  if (names.some(isOwnName) || findLayers(names).length > 0) return
  throw new WeightsError(
    `it holds ${listNames(names)}; expected W1, b1, W2, b2, …, or PyTorch's names of Linear layers, such as 0.weight, ` +
      '0.bias, 2.weight, 2.bias, or Keras’s of Dense layers, such as dense/kernel, dense/bias',
  )
}

/**
 * Weights under the names W1, b1, W2, b2, … A file has either these names, or PyTorch's, whose matrices (outputs, inputs) are
 * transposed, or Keras's. Throws a `WeightsError` for other names, and an `OrderError` if the order of layers is not known.
 */
function renameWeights({ tensors, dtypes }: FileContent, order?: readonly string[]): ForeignWeights {
  const names = [...Object.keys(tensors), ...Object.keys(dtypes)]
  checkNames(names)
  const isOwn = names.some(isOwnName)
  const layers = isOwn ? [] : findLayers(names)
  const weightNames = new Set(
    isOwn ? names.filter(isOwnName) : layers.flatMap(({ weight, bias }) => [weight, bias]),
  )
  const wrong = Object.keys(dtypes).find((name) => weightNames.has(name))
  if (wrong !== undefined) {
    throw new WeightsError(
      `${shortName(wrong)} is ${dtypes[wrong]}; weights must be floats of 16, 32 or 64 bits`,
    )
  }
  const unknown = Object.keys(tensors).filter((name) => !weightNames.has(name))
  if (unknown.length > 0) {
    throw new WeightsError(
      `it also holds ${listNames(unknown)}, which are not a weight and a bias of a fully connected layer`,
    )
  }
  const leftOut = Object.entries(dtypes).map(([name, dtype]) => `${shortName(name)} (${dtype})`)
  if (isOwn) {
    if (order) throw new OrderError('W1, b1, W2, b2, … are in the order of their numbers: leave out --order')
    return { weights: tensors, leftOut }
  }
  const sized = layers.map((layer) => {
    const { shape, rank } = tensors[layer.weight]
    if (rank !== 2) {
      const axes = `${shortName(layer.weight)} has ${rank} axes`
      throw new WeightsError(`${axes}; the weights of a Linear or Dense layer have 2`)
    }
    const [inputs, units] = layer.style === 'pytorch' ? [shape[1], shape[0]] : shape
    return { ...layer, inputs, units }
  })
  const ordered = orderLayers(sized, order)
  const weights = ordered.flatMap(({ weight, bias, style }, i) => [
    [`W${i + 1}`, style === 'pytorch' ? transpose(tensors[weight]) : tensors[weight]] as const,
    [`b${i + 1}`, tensors[bias]] as const,
  ])
  return { weights: Object.fromEntries(weights), order: ordered.map(({ name }) => name), leftOut }
}

/** The most names that a message lists. */
const MAX_LISTED_NAMES = 12

function listNames(names: readonly string[]): string {
  const shown = names.slice(0, MAX_LISTED_NAMES).map(shortName)
  if (names.length > shown.length) shown.push(`and ${names.length - shown.length} more`)
  return shown.join(', ') || 'nothing'
}
