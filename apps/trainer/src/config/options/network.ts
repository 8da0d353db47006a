import { addBackendOption, addThreadsOption } from '@gosa/cli-kit'
import { ACTIVATIONS } from '@gosa/networks'
import { BOOK_DEFAULTS } from '@gosa/training'
import { type Command, Option } from 'commander'
import { count, initOf, sizes } from '../parsers.ts'

/** Adds the options that say what network is trained, and with what it is computed. */
export function addNetworkOptions(command: Command): void {
  command
    .optionsGroup('Network:')
    .addOption(
      new Option('--hidden <n>', 'units of the hidden layer')
        .argParser(count)
        .default(BOOK_DEFAULTS.hiddenSize),
    )
    .addOption(
      new Option('--layers <n,…>', 'sizes of all layers, in place of --hidden: 784,128,64,10')
        .argParser(sizes)
        .conflicts('hidden'),
    )
    .addOption(
      new Option('--activation <name>', 'what stands between layers').choices(ACTIVATIONS).default('relu'),
    )
    .addOption(
      new Option('--std <n>', 'standard deviation of the first weights: a number, he or xavier')
        .argParser(initOf)
        .default(BOOK_DEFAULTS.weightInitStd),
    )
    .addOption(new Option('--dtype <name>', 'precision').choices(['float32', 'float64']).default('float32'))
  addThreadsOption(addBackendOption(command))
}
