import { CommandError, failure, usageError } from '@gosa/cli-kit'
import { decodeNpz, decodeSafetensors } from '@gosa/formats'
import { Tensor, transpose } from '@gosa/linalg'
import { ACTIVATIONS, type Activation } from '@gosa/networks'
import { areFinite, type Weights, weightsOf } from '@gosa/training'
import { isZip, readBytes } from '../files/files.ts'
import { networkOf } from './model.ts'

/** Weights of other programs: safetensors or npz files, with our names or PyTorch's. */

/** The most bytes to which an archive may unpack: no network here is larger, so more is an attack or an error. */
const MAX_UNPACKED_BYTES = 2 ** 30

/** What is wrong with weights, to be appended to the name of their file. */
export class WeightsError extends Error {
  override readonly name = 'WeightsError'
}

/**
 * Reads the weights of another program, in the order of the layers, and the activation: that of the file, else the given one.
 * Throws a `CommandError` that names the file.
 */
export async function readWeights(
  file: string,
  given?: Activation,
): Promise<{ weights: Weights; activation: Activation }> {
  const bytes = await readBytes(file)
  try {
    const decoded = await decodeWeights(bytes)
    // A single layer has no activation, so any will do.
    const isSingleLayer = Object.keys(decoded.weights).length <= 2
    const activation = decoded.activation ?? given ?? (isSingleLayer ? 'relu' : undefined)
    if (!activation) {
      throw usageError(
        `${file} does not name its activation function: add --activation ${ACTIVATIONS.join('|')}`,
      )
    }
    if (given && given !== activation) {
      throw usageError(
        `the activation function of ${file} is ${activation}, not ${given}: leave out --activation`,
      )
    }
    const weights = weightsOf(networkOf(decoded.weights, activation))
    if (!areFinite(weights)) throw new RangeError('some of its weights are NaN or infinite')
    return { weights, activation }
  } catch (error) {
    if (error instanceof CommandError) throw error
    throw failure(`${file} is not a model: ${(error as Error).message}`, { cause: error })
  }
}

/**
 * The weights W1, b1, W2, b2, … of a safetensors or npz file, told apart by its first bytes, and the activation if the file
 * names it.
 *
 * Rejects with a `FormatError` or a `WeightsError`, before memory is allocated for what the file lacks.
 */
export async function decodeWeights(
  bytes: Uint8Array,
): Promise<{ weights: Weights; activation?: Activation }> {
  if (isZip(bytes)) return { weights: renameWeights(await npzTensors(bytes)) }
  const { tensors, metadata } = decodeSafetensors(bytes)
  return { weights: renameWeights(tensors), activation: parseActivation(metadata) }
}

async function npzTensors(bytes: Uint8Array): Promise<Record<string, Tensor>> {
  const arrays = await decodeNpz(bytes, { limit: MAX_UNPACKED_BYTES })
  return Object.fromEntries(
    Object.entries(arrays).map(([name, { dtype, shape, data }]) => {
      if (data instanceof Float32Array || data instanceof Float64Array) return [name, new Tensor(data, shape)]
      throw new WeightsError(`${name} is ${dtype}; weights must be float32 or float64`)
    }),
  )
}

function parseActivation({ activation }: Readonly<Record<string, string>>): Activation | undefined {
  const known = ACTIVATIONS.find((name) => name === activation)
  if (activation !== undefined && !known) {
    throw new WeightsError(`its activation is '${activation}', not one of ${ACTIVATIONS.join(', ')}`)
  }
  return known
}

/**
 * Weights under the names W1, b1, W2, b2, … A file has either these names or PyTorch's, `0.weight`, `0.bias`, `2.weight`, …,
 * whose matrices (outputs, inputs) are transposed, in the order of their names. Throws a `WeightsError` for other names.
 */
function renameWeights(tensors: Readonly<Record<string, Tensor>>): Weights {
  const names = Object.keys(tensors)
  if (names.length > 0 && names.every((name) => /^[Wb][1-9]\d*$/.test(name))) return tensors
  // By the numbers in them: layers.2 before layers.10.
  const { compare } = new Intl.Collator('en', { numeric: true })
  const layers = names.flatMap((name) => /^(.*)\.weight$/.exec(name)?.[1] ?? []).sort(compare)
  const isTorch = names.length === 2 * layers.length && layers.every((layer) => `${layer}.bias` in tensors)
  if (layers.length === 0 || !isTorch) {
    throw new WeightsError(
      `it holds ${names.join(', ') || 'nothing'}; expected W1, b1, W2, b2, …, or PyTorch's names of Linear layers in a ` +
        'Sequential, 0.weight, 0.bias, 2.weight, 2.bias, …',
    )
  }
  return Object.fromEntries(
    layers.flatMap((layer, i) => {
      const weight = tensors[`${layer}.weight`]
      if (weight.rank !== 2) {
        throw new WeightsError(
          `${layer}.weight has ${weight.rank} axes; the weights of a Linear layer have 2`,
        )
      }
      return [
        [`W${i + 1}`, transpose(weight)],
        [`b${i + 1}`, tensors[`${layer}.bias`]],
      ]
    }),
  )
}
