import { commandAction, createProgram } from '@gosa/cli-kit'
import type { Command } from 'commander'
import { version } from '../package.json'
import { gradcheck } from './gradcheck.ts'
import { addGradcheckOptions, type GradcheckOptions } from './options.ts'

/** Creates the command `gosa-gradcheck`. `workerScript` is the compiled `worker.ts`. */
export function createGradcheck(workerScript: URL): Command {
  const program = createProgram({
    name: 'gosa-gradcheck',
    version,
    description:
      'Checks gradients by finite differences: those of your modules, or without a module those of the network of ' +
      '"Deep Learning from Scratch", chapter 5.\n' +
      'Exit codes: 0 all gradients are correct, 1 a gradient is wrong or a file cannot be written, 2 wrong usage or a ' +
      'module that cannot be loaded, 3 no verdict, 130 interrupted.',
    examples: [
      ['gosa-gradcheck', "the book's gradient check"],
      ['gosa-gradcheck my-layer.ts', 'check the cases that a module exports'],
      ['gosa-gradcheck --watch my-layer.ts', 'check again after each change'],
      ['gosa-gradcheck --suite', 'check every built-in layer, loss and network'],
      ['gosa-gradcheck --faults', 'measure how reliably faults are caught'],
    ],
  }).argument('[module...]', 'JavaScript or TypeScript modules that export cases')
  return addGradcheckOptions(program).action(
    commandAction<GradcheckOptions>((context) => gradcheck(context, workerScript)),
  )
}
