import { addDataOptions, type DataOptions } from '@gosa/cli-kit'
import { type Command, Option } from 'commander'

/** Which images a model is used on. */
export interface PartOptions extends DataOptions {
  part: 'train' | 'test'
}

/** Adds the options that say which images a model is used on. */
export const addPartOptions = (command: Command): Command =>
  addDataOptions(command).addOption(
    new Option('--part <name>', 'which images').choices(['train', 'test']).default('test'),
  )

/** The same, but that of the other part, which is not needed, only one image is loaded. */
export const partAlone = (options: PartOptions): DataOptions =>
  options.part === 'test' ? { ...options, trainSize: 1 } : { ...options, testSize: 1 }
