import { BOOK_DEFAULTS, DIGITS_ITERATIONS, OPTIMIZERS, SAMPLINGS } from '@gosa/training'
import { type Command, Option } from 'commander'
import { count, notNegative } from '../parsers.ts'

/** Adds the options that say what a step is, and how many there are. */
export function addTrainingOptions(command: Command): void {
  command
    .optionsGroup('Training:')
    .addOption(
      new Option('--batch-size <n>', 'images in a step').argParser(count).default(BOOK_DEFAULTS.batchSize),
    )
    .addOption(
      new Option(
        '--sampling <name>',
        'how they are drawn: from all images each time, with replacement, or each image once an epoch',
      )
        .choices(SAMPLINGS)
        .default('replacement'),
    )
    .addOption(new Option('--epochs <n>', 'how often to draw as many images as there are').argParser(count))
    .addOption(
      new Option(
        '--iterations <n>',
        `how many steps to take (default: ${BOOK_DEFAULTS.iterations}; ${DIGITS_ITERATIONS} for generated digits)`,
      )
        .argParser(count)
        .conflicts('epochs'),
    )
    .addOption(new Option('--optimizer <name>', 'the rule of a step').choices(OPTIMIZERS).default('sgd'))
    .addOption(
      new Option(
        '--weight-decay <n>',
        'λ of λ·W, added to the gradients of weights W, not of biases; with adamw its own decay (default: 0; 0.01 for adamw)',
      ).argParser(notNegative),
    )
    .addOption(
      new Option(
        '--clip-norm <n>',
        'how long the gradient of all parameters together may be; 0: of any length',
      )
        .argParser(notNegative)
        .default(0),
    )
    .addOption(
      new Option('--book', "the chapter's loop, and the lines that it prints: train and test accuracy"),
    )
}
