import { SELECTION_CRITERIA } from '@gosa/training'
import { type Command, Option } from 'commander'
import { count, fraction } from '../parsers.ts'

/** Adds the options that set images aside, and end training by them. */
export function addValidationOptions(command: Command): void {
  command
    .optionsGroup('Validation:')
    .addOption(
      new Option('--validation <n>', 'the share of the training images to set aside and judge by')
        .argParser(fraction)
        .default(0),
    )
    .addOption(
      new Option(
        '--patience <n>',
        'stop after so many epochs without a better one, and keep the weights of the best',
      ).argParser(count),
    )
    .addOption(
      new Option('--best-by <name>', 'with --patience: what is judged by')
        .choices(SELECTION_CRITERIA)
        .default('loss'),
    )
}
