import { decodeNpz, decodeSafetensors } from '@gosa/formats'
import { Tensor } from '@gosa/linalg'
import type { Activation } from '@gosa/networks'
import type { Weights } from '@gosa/training'
import { activationIn } from './activation-in.ts'
import { isZip } from './is-zip.ts'
import { ModelError } from './model-error.ts'
import { namedWeights } from './named-weights.ts'

/** No network that is used here is larger; what unpacks to more is broken, or meant to do harm. */
const MOST_BYTES = 2 ** 30

/**
 * The weights of a safetensors or `.npz` file, told apart by their first bytes, by the names W1, b1, W2, b2, …; and the
 * activation between the layers where the file names it.
 *
 * Rejects with a `FormatError` or a `ModelError`, before memory is taken for what is not there.
 */
export async function decodeWeights(
  bytes: Uint8Array,
): Promise<{ weights: Weights; activation?: Activation }> {
  if (isZip(bytes)) return { weights: namedWeights(await npzTensors(bytes)) }
  const { tensors, metadata } = decodeSafetensors(bytes)
  return { weights: namedWeights(tensors), activation: activationIn(metadata) }
}

async function npzTensors(bytes: Uint8Array): Promise<Record<string, Tensor>> {
  const arrays = await decodeNpz(bytes, { limit: MOST_BYTES })
  return Object.fromEntries(
    Object.entries(arrays).map(([name, { dtype, shape, data }]) => {
      if (data instanceof Float32Array || data instanceof Float64Array) return [name, new Tensor(data, shape)]
      throw new ModelError(`${name} is ${dtype}; weights are float32 or float64`)
    }),
  )
}
