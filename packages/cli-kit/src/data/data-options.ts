import { SYNTHETIC_SPLITS } from '@gosa/datasets'
import { type Command, Option } from 'commander'
import { wholeNumber } from '../number-option.ts'

export interface DataOptions {
  /** `digits`, the name of a set, or a folder. */
  data: string
  dataDir?: string
  trainSize?: number
  testSize?: number
}

/** Adds the options that say which images a command works on. */
export const addDataOptions = (command: Command): Command =>
  command
    .addOption(
      new Option(
        '--data <set>',
        'digits: generated, no files needed; mnist, fashion-mnist, kmnist: downloaded; emnist-digits, emnist-letters: ' +
          'from --data-dir; or a folder with four IDX files of your own',
      ).default('digits'),
    )
    .addOption(
      new Option(
        '--data-dir <folder>',
        'where the files of a set are (default: $GOSA_DATA_DIR, then your cache, where they are downloaded to)',
      ),
    )
    .addOption(sizeOption('train', SYNTHETIC_SPLITS.train.count))
    .addOption(sizeOption('test', SYNTHETIC_SPLITS.test.count))

const sizeOption = (part: string, generated: number): Option =>
  new Option(
    `--${part}-size <n>`,
    `how many images to ${part} with, the first ones (default: all; ${generated} generated)`,
  ).argParser(wholeNumber({ min: 1 }))
