import { mkdir, readdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import {
  CommandError,
  failure,
  fileWriteError,
  removeUnfinishedFiles,
  shellWord,
  usageError,
  writeFileAtomic,
} from '@gosa/cli-kit'
import { exists, isMissing, readJson } from '../files/files.ts'
import { type Config, missingKey } from '../options/config.ts'
import { optionEntries, type TrainOptions } from '../options/option-table.ts'
import { type ConfigValues, isEffective, validateConfig } from '../options/validate.ts'
import { errorTexts } from '../texts/errors.ts'

/** The folder of a run: creates it, and writes and reads its `config.json`. */

/** The parent of runs for which no folder is given. */
const DEFAULT_PARENT = 'gosa-runs'

/** The name of the configuration in the folder of a run. */
const CONFIG_FILE = 'config.json'

/** The name of the report in the folder of a run. */
export const REPORT_FILE = 'report.html'

/**
 * Creates the folder of a new run: the given one, which must be new or empty, or `gosa-runs/<set>-<number>` with the next
 * free number. Never overwrites anything.
 */
export async function createRunFolder(out: string | undefined, set: string): Promise<string> {
  if (out === undefined) return createNumberedFolder(basename(set))
  try {
    await mkdir(out, { recursive: true })
    // A run that was killed before its configuration was complete leaves nothing else.
    await removeUnfinishedFiles(out)
    if ((await readdir(out)).length === 0) return out
  } catch (error) {
    throw fileWriteError(
      out,
      (error as NodeJS.ErrnoException).code === 'EEXIST' ? { code: 'ENOTDIR' } : error,
    )
  }
  throw usageError(errorTexts().folder.notEmpty(out, shellWord(out)))
}

async function createNumberedFolder(set: string): Promise<string> {
  try {
    await mkdir(DEFAULT_PARENT, { recursive: true })
    for (let number = (await highestNumber(set)) + 1; ; number++) {
      const folder = join(DEFAULT_PARENT, `${set}-${number}`)
      // Fails if another run takes this number at the same moment.
      const isCreated = await mkdir(folder).then(
        () => true,
        (error) => {
          if (error.code !== 'EEXIST') throw error
          return false
        },
      )
      if (isCreated) return folder
    }
  } catch (error) {
    throw fileWriteError(errorTexts().folder.parent(DEFAULT_PARENT), error)
  }
}

/** The highest number of a run of this set; 0 if there is none. */
async function highestNumber(set: string): Promise<number> {
  const names = await readdir(DEFAULT_PARENT)
  const numbers = names
    .filter((name) => name.startsWith(`${set}-`))
    .map((name) => Number(name.slice(set.length + 1)))
  return Math.max(0, ...numbers.filter(Number.isSafeInteger))
}

/** Whether a folder is that of a run. */
export const isRunFolder = (folder: string): Promise<boolean> => exists(join(folder, CONFIG_FILE))

/** Writes the configuration of a run into its folder. */
export const writeConfig = (folder: string, config: Config): Promise<void> =>
  writeFileAtomic(join(folder, CONFIG_FILE), `${JSON.stringify(config, null, 2)}\n`)

/** Reads the configuration of the run in a folder. Throws a `CommandError` if there is none, or it is invalid. */
export async function readConfig(folder: string): Promise<Config> {
  const file = join(folder, CONFIG_FILE)
  const content = await readJson(file).catch((error) => {
    if (!isMissing(error)) throw error
    throw failure(errorTexts().resume.notRun(folder, CONFIG_FILE), { cause: error })
  })
  const values = validateSaved(file, content)
  const missing = missingKey(values)
  if (missing) throw failure(errorTexts().resume.keyMissing(file, missing))
  return values as unknown as Config
}

/** An invalid config.json in the folder of a run is a failure (exit code 1), not wrong usage (2). */
function validateSaved(file: string, content: unknown): ConfigValues {
  try {
    return validateConfig(file, content)
  } catch (error) {
    throw error instanceof CommandError ? failure(error.message, { cause: error }) : error
  }
}

/** Writes the options of a run on a table, which are fewer than those of a run on images, into its folder. */
export const writeTableConfig = (
  folder: string,
  options: Readonly<Record<string, unknown>>,
): Promise<void> => {
  const saved = optionEntries().filter(
    ([key, { scope = 'run' }]) => scope === 'run' && options[key] !== undefined && isEffective(key, options),
  )
  const config = Object.fromEntries(saved.map(([key]) => [key, options[key]]))
  return writeFileAtomic(join(folder, CONFIG_FILE), `${JSON.stringify(config, null, 2)}\n`)
}

/** Reads the options of the run on a table in a folder; `undefined` if the folder is not that of such a run. */
export async function readTableConfig(
  folder: string,
): Promise<
  (Partial<TrainOptions> & Pick<TrainOptions, 'data' | 'seed' | 'dtype' | 'validation'>) | undefined
> {
  const file = join(folder, CONFIG_FILE)
  if (!(await exists(file))) return undefined
  const values = validateSaved(file, await readJson(file))
  return values.target === undefined ? undefined : (values as never)
}
