import type { Run } from '@gosa/cli-kit'
import { isRun, readConfig } from './config-file.ts'
import type { PartOptions } from './part-options.ts'

/**
 * The options of a command that uses a model: where `--model` is the folder of a run and no `--data` was typed, on the
 * images of that run, so that a network of MNIST is not judged by others without a word.
 */
export async function withRunData<Options extends PartOptions & { model: string }>({
  options,
  given,
}: Pick<Run<Options>, 'options' | 'given'>): Promise<Run<Options>['options']> {
  if (given.has('data') || !(await isRun(options.model))) return options
  const { data, dataDir } = await readConfig(options.model)
  return { ...options, data, dataDir: options.dataDir ?? dataDir }
}
