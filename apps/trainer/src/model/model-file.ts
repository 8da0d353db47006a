import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { failure } from '@gosa/cli-kit'
import { decodeSafetensors, encodeSafetensors, TwoLayerNet, type TwoLayerNetTensors } from '@gosa/networks'
import type { Weights } from './weights.ts'

/** The name of the weights in a run's folder. */
export const MODEL = 'model.safetensors'

/** The bytes of a model file. */
export const encodeModel = (weights: Weights, iteration: number): Uint8Array =>
  encodeSafetensors(weights, { producer: 'gosa', network: 'TwoLayerNet', iteration: String(iteration) })

/** A TwoLayerNet from a safetensors file, or from the folder of a run. Throws a `CommandError` that says what is wrong. */
export async function readModel(path: string): Promise<{ file: string; model: TwoLayerNet }> {
  const file = (await isFolder(path)) ? join(path, MODEL) : path
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw failure(`${file}: ${error.code === 'ENOENT' ? 'there is no such file' : error.message}`, {
      cause: error,
    })
  })
  try {
    const { tensors } = decodeSafetensors(bytes)
    return { file, model: TwoLayerNet.fromParameters(tensors as TwoLayerNetTensors) }
  } catch (error) {
    throw failure(`${file} is no model: ${(error as Error).message}`, { cause: error })
  }
}

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (entry) => entry.isDirectory(),
    () => false,
  )
