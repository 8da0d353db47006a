import { addDataOptions, type CommandContext, type DataOptions } from '@gosa/cli-kit'
import { type Command, Option } from 'commander'
import { runDataOptions } from '../run-folder/run-data.ts'
import { isRunFolder, readConfig } from '../run-folder/run-folder.ts'

/** The options that `evaluate` and `predict` share: which model is used, and on which images. */
export interface ModelOptions extends DataOptions {
  model: string
  split: 'train' | 'test'
}

/** Adds `--model`, the options of the images, and `--split`. */
export const addModelOptions = (command: Command): Command =>
  addDataOptions(
    command.requiredOption(
      '--model <file>',
      'safetensors file, or the folder of a run, whose --data is then the default',
    ),
  ).addOption(
    new Option('--split <name>', 'split of the data set').choices(['train', 'test']).default('test'),
  )

/**
 * The options with the images of the run, if `--model` is the folder of a run and `--data` is not given: a network trained on
 * MNIST is not silently evaluated on other images.
 */
export async function withRunData<Options extends ModelOptions>({
  options,
  given,
}: Pick<CommandContext<Options>, 'options' | 'given'>): Promise<CommandContext<Options>['options']> {
  if (given.has('data') || !(await isRunFolder(options.model))) return options
  return { ...options, ...(await runDataOptions(await readConfig(options.model), options.dataDir)) }
}

/** The options that load only one image of the split that is not used. */
export const onlySelectedSplit = (options: ModelOptions): DataOptions =>
  options.split === 'test' ? { ...options, trainSize: 1 } : { ...options, testSize: 1 }
