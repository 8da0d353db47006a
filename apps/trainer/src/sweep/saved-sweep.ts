import { join } from 'node:path'
import { type Run, usageError } from '@gosa/cli-kit'
import { isConfigKey } from '../config/config-keys.ts'
import { configValues } from '../config/config-values.ts'
import { flagOf } from '../config/options-by-key.ts'
import type { TrainOptions } from '../config/train-options.ts'
import { readJson } from '../config/with-config-file.ts'
import { writeFileWhole } from '../run/write-file.ts'
import { withWholePaths } from '../session/new-session.ts'

/** The name of what was asked for in a sweep's folder. */
const SWEEP = 'sweep.json'

interface SavedSweep {
  /** As they were typed: `learning-rate=0.1,0.3`. */
  sweep: string[]
  /** The options of all its runs, where they are not the defaults. */
  options: Record<string, unknown>
}

/** Keeps what was asked for, so that a sweep can go on. */
export async function writeSweep(
  folder: string,
  { options, given }: Pick<Run<TrainOptions>, 'options' | 'given'>,
): Promise<void> {
  const keys = [...given].filter((key) => isConfigKey(key) && key !== 'out')
  const whole = withWholePaths(options)
  const values = keys.map((key) => [key, whole[key as keyof TrainOptions]])
  const saved: SavedSweep = { sweep: options.sweep ?? [], options: Object.fromEntries(values) }
  await writeFileWhole(join(folder, SWEEP), `${JSON.stringify(saved, null, 2)}\n`)
}

/**
 * What was asked for in the sweep of a folder, as though it had been typed again; undefined where the folder holds none.
 * Throws a `CommandError` where something else was typed beside, or the file is damaged.
 */
export async function savedSweep(
  folder: string,
  run: Run<TrainOptions>,
): Promise<Run<TrainOptions> | undefined> {
  const file = join(folder, SWEEP)
  const content = (await readJson(file).catch((error) => {
    const { code } = error.cause as NodeJS.ErrnoException
    if (code !== 'ENOENT' && code !== 'ENOTDIR') throw error
  })) as Partial<SavedSweep> | undefined
  if (content === undefined) return undefined
  const other = [...run.given].find((name) => isConfigKey(name) || name === 'config' || name === 'sweep')
  if (other) {
    throw usageError(
      `${flagOf(other)} cannot be given with --resume: the sweep of ${folder} goes on as it was begun`,
    )
  }
  const values = configValues(file, content.options)
  return {
    ...run,
    options: { ...run.options, ...values, sweep: content.sweep?.map(String) ?? [] } as typeof run.options,
    given: new Set([...run.given, ...Object.keys(values)]),
  }
}
