import { basename, dirname } from 'node:path'
import { addDataOptions, type CommandContext, type DataOptions } from '@gosa/cli-kit'
import { type Command, Option } from 'commander'
import { MODEL_FILE } from '../model/model.ts'
import { runDataOptions } from '../run-folder/run-data.ts'
import { isRunFolder, readConfig } from '../run-folder/run-folder.ts'
import { commandTexts } from '../texts/commands.ts'
import { helpTexts } from '../texts/help.ts'

/** The options that `evaluate` and `predict` share: which model is used, and on which images. */
export interface ModelOptions extends DataOptions {
  model: string
  split: 'train' | 'test'
}

/** Adds `--model`, the options of the images, and `--split`. */
export const addModelOptions = (command: Command): Command =>
  addDataOptions(command.requiredOption('--model <file>', helpTexts().modelOptions.model)).addOption(
    new Option('--split <name>', helpTexts().modelOptions.split).choices(['train', 'test']).default('test'),
  )

/**
 * The options with the images of the run, if `--model` is the folder of a run or its model in it, and `--data` is not given: a
 * network trained on MNIST is not silently evaluated on other images. Warns if the run of a model is not known.
 */
export async function withRunData<Options extends ModelOptions>({
  options,
  given,
  output,
}: Pick<CommandContext<Options>, 'options' | 'given' | 'output'>): Promise<
  CommandContext<Options>['options']
> {
  if (given.has('data')) return options
  const { model, data } = options
  const folder = basename(model) === MODEL_FILE ? dirname(model) : model
  if (await isRunFolder(folder)) {
    return { ...options, ...(await runDataOptions(await readConfig(folder), options.dataDir)) }
  }
  output.warn(commandTexts().unknownImages(model, data))
  return options
}

/** The options that load only one image of the split that is not used. */
export const onlySelectedSplit = (options: ModelOptions): DataOptions =>
  options.split === 'test' ? { ...options, trainSize: 1 } : { ...options, testSize: 1 }
