import { SCHEDULES } from '@gosa/training'
import { type Command, Option } from 'commander'
import { count, positive, positiveShare, share, wholeFromZero } from '../parsers.ts'

/** Adds the options that say how large a step is, and how that changes. */
export function addLearningRateOptions(command: Command): void {
  command
    .optionsGroup('Learning rate:')
    .addOption(
      new Option(
        '--learning-rate <n>',
        'the size of a step (default: 0.1 for sgd, what suits each other optimizer)',
      ).argParser(positive),
    )
    .addOption(new Option('--schedule <name>', 'how it changes').choices(SCHEDULES).default('constant'))
    .addOption(
      new Option('--warm-up <n>', 'over how many steps it rises at first, before any schedule')
        .argParser(wholeFromZero)
        .default(0),
    )
    .addOption(
      new Option('--step-every <n>', 'with --schedule step: after how many steps it falls').argParser(count),
    )
    .addOption(
      new Option('--step-factor <n>', 'with --schedule step: to which share of itself')
        .argParser(positiveShare)
        .default(0.1),
    )
    .addOption(
      new Option(
        '--cosine-steps <n>',
        'with --schedule cosine: over how many steps it falls (default: to the end)',
      ).argParser(count),
    )
    .addOption(
      new Option('--cosine-floor <n>', 'with --schedule cosine: to which share of itself')
        .argParser(share)
        .default(0),
    )
}
