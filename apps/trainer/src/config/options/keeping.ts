import { type Command, Option } from 'commander'
import { cadence } from '../parsers.ts'

/** Adds the options that say where a run comes from, and where it is kept. */
export function addKeepingOptions(command: Command): void {
  command
    .optionsGroup('Runs:')
    .addOption(
      new Option('--out <folder>', 'where the run is kept: a new folder').default(
        true,
        'gosa-runs/<set>-<number>',
      ),
    )
    .addOption(new Option('--no-out', 'keep nothing'))
    .addOption(
      new Option(
        '--checkpoint-every <n>',
        'save what is needed to go on after so many steps, or seconds: 500, 30s',
      )
        .argParser(cadence)
        .default(0, 'each epoch'),
    )
    .addOption(
      new Option('--resume <folder>', 'go on with the run, or the sweep, of a folder, as it was begun'),
    )
    .addOption(
      new Option(
        '--config <file>',
        'take options from a JSON file, such as the config.json of a run; flags win',
      ),
    )
    .addOption(
      new Option(
        '--sweep <key=v,…>',
        'train once with each value, of several such options with each combination: learning-rate=0.1,0.3',
      ).argParser((text: string, before?: string[]) => [...(before ?? []), text]),
    )
}
