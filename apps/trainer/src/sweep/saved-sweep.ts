import { join } from 'node:path'
import { type CommandContext, usageError, writeFileAtomic } from '@gosa/cli-kit'
import { isMissing, readJson } from '../files/files.ts'
import { flagOf, isOptionKey, optionOf, type TrainOptions } from '../options/option-table.ts'
import { validateConfig } from '../options/validate.ts'
import { withAbsolutePaths } from '../run/run.ts'
import { errorTexts } from '../texts/errors.ts'

/** `sweep.json` in the folder of a sweep: the options that it was started with, so that it can be resumed. */

const SWEEP_FILE = 'sweep.json'

interface SavedSweep {
  /** The values of `--sweep` as typed: `learning-rate=0.1,0.3`. */
  sweep: string[]
  /** The options of all runs that are not the defaults. */
  options: Record<string, unknown>
}

/** Saves the options of a sweep. */
export async function writeSweep(
  folder: string,
  { options, given }: Pick<CommandContext<TrainOptions>, 'options' | 'given'>,
): Promise<void> {
  const absolute = withAbsolutePaths(options)
  const keys = [...given]
    .filter(isOptionKey)
    .filter((key) => optionOf(key).scope !== 'command' && key !== 'out')
  const saved: SavedSweep = {
    sweep: options.sweep ?? [],
    options: Object.fromEntries(keys.map((key) => [key, absolute[key]])),
  }
  await writeFileAtomic(join(folder, SWEEP_FILE), `${JSON.stringify(saved, null, 2)}\n`)
}

/**
 * The context of the sweep in a folder, as if its options had been typed again; undefined if the folder has no sweep. Throws a
 * `CommandError` if other options are given, or the file is damaged.
 */
export async function readSweep(
  folder: string,
  context: CommandContext<TrainOptions>,
): Promise<CommandContext<TrainOptions> | undefined> {
  const file = join(folder, SWEEP_FILE)
  const content = (await readJson(file).catch((error) => {
    if (!isMissing(error)) throw error
  })) as Partial<SavedSweep> | undefined
  if (content === undefined) return undefined
  const other = [...context.given].find((key) => isOptionKey(key) && key !== 'resume' && key !== 'live')
  if (other) {
    throw usageError(errorTexts().resume.sweepOption(flagOf(other), folder))
  }
  const values = validateConfig(file, content.options)
  const sweep = content.sweep?.map(String) ?? []
  return {
    ...context,
    options: { ...context.options, ...values, sweep } as typeof context.options,
    given: new Set([...context.given, ...Object.keys(values)]),
  }
}
