import { commandAction, createProgram } from '@gosa/cli-kit'
import type { Command } from 'commander'
import { version } from '../package.json'
import { gradcheck } from './gradcheck.ts'
import { addGradcheckOptions, type GradcheckOptions } from './options.ts'
import { texts } from './texts.ts'

/** Creates the command `gosa-gradcheck`. `workerScript` is the compiled `worker.ts`. */
export function createGradcheck(workerScript: URL): Command {
  const { help } = texts()
  const program = createProgram({
    name: 'gosa-gradcheck',
    version,
    description: help.description,
    examples: [
      ['gosa-gradcheck', help.exampleBook],
      ['gosa-gradcheck my-layer.ts', help.exampleModule],
      ['gosa-gradcheck --watch my-layer.ts', help.exampleWatch],
      ['gosa-gradcheck --suite', help.suite],
      ['gosa-gradcheck --faults', help.exampleFaults],
    ],
  }).argument('[module...]', help.modules)
  return addGradcheckOptions(program).action(
    commandAction<GradcheckOptions>((context) => gradcheck(context, workerScript)),
  )
}
