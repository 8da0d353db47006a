import { SYNTHETIC_SPLITS } from '@gosa/datasets'
import { type Command, Option } from 'commander'
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
    .addOption(
      new Option(
        '--data <set>',
        'data set: digits (generated, no files needed); mnist, fashion-mnist, kmnist (downloaded); emnist-digits, ' +
          'emnist-letters (from --data-dir); or a folder with four IDX files',
      ).default('digits'),
    )
    .addOption(
      new Option(
        '--data-dir <folder>',
        'folder with the files of the data set (default: $GOSA_DATA_DIR, then your cache folder, into which missing ' +
          'files are downloaded)',
      ),
    )
    .addOption(sizeOption('train', 'training', SYNTHETIC_SPLITS.train.count))
    .addOption(sizeOption('test', 'test', SYNTHETIC_SPLITS.test.count))

const sizeOption = (split: string, label: string, generated: number): Option =>
  new Option(
    `--${split}-size <n>`,
    `use the first n ${label} images (default: all; ${generated} generated digits)`,
  ).argParser(integer({ min: 1 }))
