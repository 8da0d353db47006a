import { CommandError, failure, usageError } from '@gosa/cli-kit'
import { ACTIVATIONS, type Activation } from '@gosa/networks'
import { areFinite, type Weights, weightsOf } from '@gosa/training'
import { fromWeights } from '../model/from-weights.ts'
import { decodeWeights } from './decode-weights.ts'
import { readBytes } from './read-bytes.ts'

/**
 * The weights of another program, in the order of the layers, and the activation: that of the file, or else the one that
 * was chosen. Throws a `CommandError` that names the file.
 */
export async function readWeights(
  file: string,
  chosen?: Activation,
): Promise<{ weights: Weights; activation: Activation }> {
  const bytes = await readBytes(file)
  try {
    const { weights: found, activation: said } = await decodeWeights(bytes)
    // A single layer has none, so that any will do.
    const activation = said ?? chosen ?? (Object.keys(found).length <= 2 ? 'relu' : undefined)
    if (!activation) {
      throw usageError(
        `${file} does not say what stands between its layers: add --activation ${ACTIVATIONS.join('|')}`,
      )
    }
    if (chosen && chosen !== activation) {
      throw usageError(
        `${file} says that ${said} stands between its layers, not ${chosen}: leave --activation out`,
      )
    }
    const weights = weightsOf(fromWeights(found, activation))
    if (!areFinite(weights)) throw new RangeError('some of its weights are NaN or infinite')
    return { weights, activation }
  } catch (error) {
    if (error instanceof CommandError) throw error
    throw failure(`${file} is no model: ${(error as Error).message}`, { cause: error })
  }
}
