import { usageError } from '@gosa/cli-kit'
import * as v from 'valibot'
import { readJson } from '../files/files.ts'
import { errorTexts } from '../texts/errors.ts'
import type { DescribedNetwork } from './network-choice.ts'
import type { TrainOptions } from './option-table.ts'
import { describedNetwork } from './value-kinds.ts'

/**
 * The options with the content of the JSON file that `--network` names, if it names one: a run must not depend on the file later.
 * Throws a `CommandError` if it cannot be read, or does not describe layers.
 */
export async function withNetworkFile<T extends Pick<TrainOptions, 'network'>>(options: T): Promise<T> {
  const { network } = options
  if (typeof network !== 'string' || !network.endsWith('.json')) return options
  const content = await readJson(network)
  const { success } = v.safeParse(describedNetwork, content)
  if (!success) throw usageError(errorTexts().options.networkFile(network))
  return { ...options, network: content as DescribedNetwork }
}
