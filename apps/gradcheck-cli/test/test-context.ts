import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type CommandContext, createOutput } from '@gosa/cli-kit'
import { inject } from 'vitest'
import type { GradcheckOptions } from '../src/options.ts'

/** The compiled worker of the installed command. */
export const workerScript = pathToFileURL(
  join(inject('install'), 'node_modules/@gosa/gradcheck-cli/dist/worker.js'),
)

const defaults = {
  json: false,
  quiet: false,
  seed: 0,
  debug: false,
  data: 'digits',
  trials: 10,
  backend: 'wasm',
}

/** A context for the command's action, with options beside the defaults; its output is recorded. */
export function createTestContext(
  given: Partial<GradcheckOptions & CommandContext['options']>,
  args: string[] = [],
) {
  const [out, err]: [string[], string[]] = [[], []]
  const sink = (lines: string[]) => ({ write: (text: string) => void lines.push(text), columns: 100 })
  const options = { ...defaults, ...given }
  const context: CommandContext<GradcheckOptions> = {
    options,
    given: new Set(Object.keys(given)),
    args,
    output: createOutput({ ...options, stdout: sink(out), stderr: sink(err), env: {} }),
    env: {},
  }
  return { context, stdout: () => out.join(''), stderr: () => err.join('') }
}
