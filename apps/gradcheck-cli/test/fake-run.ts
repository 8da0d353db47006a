import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createOutput, type Run } from '@gosa/cli-kit'
import { inject } from 'vitest'
import type { GradcheckOptions } from '../src/options.ts'

/** The compiled worker of the installed command. */
export const script = pathToFileURL(
  join(inject('install'), 'node_modules/@gosa/gradcheck-cli/dist/worker.js'),
)

const defaults = {
  json: false,
  quiet: false,
  seed: 0,
  debug: false,
  data: 'digits',
  suite: false,
  faults: false,
  trials: 10,
  backend: 'wasm',
  watch: false,
}

/** A run of the command within a test, whose output is collected. */
export function fakeRun(typed: Partial<GradcheckOptions & Run['options']>, args: string[] = []) {
  const [out, err]: [string[], string[]] = [[], []]
  const sink = (lines: string[]) => ({ write: (text: string) => void lines.push(text), columns: 100 })
  const options = { ...defaults, ...typed }
  const run: Run<GradcheckOptions> = {
    options,
    given: new Set(Object.keys(typed)),
    args,
    output: createOutput({ ...options, stdout: sink(out), stderr: sink(err), env: {} }),
    env: {},
  }
  return { run, stdout: () => out.join(''), stderr: () => err.join('') }
}
