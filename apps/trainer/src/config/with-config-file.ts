import { readFile } from 'node:fs/promises'
import { failure, type Run, readFailure } from '@gosa/cli-kit'
import { RECORDED_KEYS } from './config-keys.ts'
import { configValues } from './config-values.ts'
import { conflictsOf, optionsByKey } from './options-by-key.ts'
import { DEPENDENCES } from './together.ts'
import type { TrainOptions } from './train-options.ts'

/**
 * A run with the options of the file that `--config` names, if any, as though they had been typed, but for those that
 * were: these win, and what they exclude or make idle is left out. Throws a `CommandError` where the file cannot be read
 * or holds something else.
 */
export async function withConfigFile(run: Run<TrainOptions>): Promise<Run<TrainOptions>> {
  const { options, given } = run
  if (options.config === undefined) return run
  const values = configValues(options.config, await readJson(options.config))
  const excluded = new Set(given.has('out') ? ['out'] : [])
  for (const [key, option] of optionsByKey()) {
    for (const other of conflictsOf(option)) {
      if (given.has(key)) excluded.add(other)
      if (given.has(other)) excluded.add(key)
    }
  }
  const left = (key: string) => !given.has(key) && !excluded.has(key) && !Object.hasOwn(RECORDED_KEYS, key)
  const merged = { ...options, ...Object.fromEntries(Object.entries(values).filter(([key]) => left(key))) }
  const changed = new Set<string>(given)
  for (const { key, on, holds } of DEPENDENCES) {
    if (!changed.has(on) || given.has(key) || holds(merged)) continue
    delete merged[key]
    changed.add(key)
  }
  const added = Object.keys(values).filter((key) => left(key) && key in merged)
  return { ...run, options: merged, given: new Set([...given, ...added]) }
}

/** The content of a JSON file. Throws a `CommandError` where there is none. */
export async function readJson(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8').catch((cause) => {
    throw readFailure(file, cause)
  })
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw failure(`${file} is no JSON: ${(cause as Error).message}`, { cause })
  }
}
