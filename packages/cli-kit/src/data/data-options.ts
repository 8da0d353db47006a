import { SYNTHETIC_SPLITS } from '@gosa/datasets'
import { type Command, Option } from 'commander'
import { texts } from '../language/texts.ts'
import { integer } from '../options.ts'

/*
 * The options that select a data set and a part of it.
 */

/** What the options of `addDataOptions` say. */
export interface DataOptions {
  /** `digits`, the name of a data set, or a folder. */
  data: string
  dataDir?: string
  trainSize?: number
  testSize?: number
}

/** Adds `--data`, `--data-dir`, `--train-size` and `--test-size` to a command. */
export const addDataOptions = (command: Command): Command =>
  command
    .addOption(new Option('--data <set>', texts().options.data).default('digits'))
    .addOption(new Option('--data-dir <folder>', texts().options.dataDir))
    .addOption(sizeOption('train', texts().options.trainSize(SYNTHETIC_SPLITS.train.count)))
    .addOption(sizeOption('test', texts().options.testSize(SYNTHETIC_SPLITS.test.count)))

const sizeOption = (split: string, help: string): Option =>
  new Option(`--${split}-size <n>`, help).argParser(integer({ min: 1 }))
