import { act, addBackendOption, createProgram, realNumber, wholeNumber } from '@gosa/cli-kit'
import { type Command, Option } from 'commander'
import { version } from '../package.json'
import { gradcheck } from './gradcheck.ts'
import type { GradcheckOptions } from './options.ts'

/** The command with its options. `script` is the compiled `worker.ts`. */
export function createGradcheck(script: URL): Command {
  const program = createProgram({
    name: 'gosa-gradcheck',
    version,
    description:
      'Checks gradients against numerical ones: those of the modules named, or else what chapter 5 of the book checks.\n' +
      'Exits with 0 where all agree, 1 where one is wrong or a file cannot be written, 2 where it is called wrongly, 3 where it cannot tell, 130 where it was interrupted.',
    examples: [
      ['gosa-gradcheck', "the book's check"],
      ['gosa-gradcheck my-layer.ts', 'check the cases that a module exports'],
      ['gosa-gradcheck --suite', 'every built-in layer, loss and network'],
      ['gosa-gradcheck --faults', 'is every known fault caught?'],
    ],
  }).argument('[module...]', 'JavaScript or TypeScript modules that export cases')
  program
    .addOption(new Option('--suite', 'check every built-in layer, loss and network').default(false, 'off'))
    .addOption(
      new Option('--faults', 'measure the checker: plant known faults, and try correct code').default(
        false,
        'off',
      ),
    )
    .addOption(
      new Option('--trials <n>', 'how much correct code --faults tries')
        .argParser(wholeNumber({ min: 0 }))
        .default(1000),
    )
    .addOption(new Option('--only <text>', 'only the cases, or faults, in whose name this stands'))
    .addOption(
      new Option('--method <name>', 'how numerical gradients are found').choices([
        'central',
        'five-point',
        'richardson',
      ]),
    )
    .addOption(
      new Option('--mode <name>', 'which entries are looked at').choices(['full', 'sampled', 'projected']),
    )
    .addOption(
      new Option('--step <h>', 'the step of the method').argParser(realNumber({ min: 0, above: true })),
    )
    .addOption(
      new Option('--rtol <r>', "a fixed tolerance, as PyTorch's, in place of error estimates").argParser(
        realNumber({ min: 0 }),
      ),
    )
    .addOption(new Option('--atol <a>', 'the same, absolute').argParser(realNumber({ min: 0 })))
    .addOption(
      new Option(
        '--data <set>',
        "the book's images, named as for gosa-trainer: digits (generated), mnist, …, or a folder",
      ).default('digits'),
    )
    .addOption(
      new Option(
        '--data-dir <folder>',
        'where the files of a set are (default: $GOSA_DATA_DIR, then your cache)',
      ),
    )
    .addOption(
      new Option('--threads <n>', 'how many to work with (default: as many as there are)').argParser(
        wholeNumber({ min: 1, max: 256 }),
      ),
    )
    .addOption(new Option('--junit <file>', 'write the results as JUnit XML too'))
    .addOption(new Option('--html <file>', 'write a page with pictures of the gradients too'))
    .addOption(new Option('--watch', 'check again whenever a module changes').default(false, 'off'))
  return addBackendOption(program).action(act<GradcheckOptions>(gradcheck(script)))
}
