import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { failure } from '@gosa/cli-kit'
import { writeFileWhole } from '../run/write-file.ts'
import type { Config } from './config.ts'
import { type ConfigValues, configValues } from './config-values.ts'
import { readJson } from './with-config-file.ts'

/** The name of the configuration in a run's folder. */
const CONFIG = 'config.json'

/** What is saved: the configuration, and of which images it speaks. */
export interface SavedConfig extends Config {
  dataSha256: string
}

/** What the configuration of a run says in any case. */
const NEEDED = [
  ...['data', 'layers', 'activation', 'std', 'batchSize', 'iterations', 'learningRate', 'optimizer'],
  ...['dtype', 'backend', 'threads', 'seed', 'checkpointEvery', 'dataSha256'],
]

/** What holds for a run whose configuration says nothing of it. */
const OTHERWISE = {
  ...{ schedule: 'constant', warmUp: 0, weightDecay: 0, clipNorm: 0 },
  ...{ sampling: 'replacement', validation: 0, book: false },
} as const

/** Whether a folder is that of a run. */
export const isRun = (folder: string): Promise<boolean> =>
  access(join(folder, CONFIG)).then(
    () => true,
    () => false,
  )

/** Writes the configuration into a run's folder. */
export const writeConfig = (folder: string, config: SavedConfig): Promise<void> =>
  writeFileWhole(join(folder, CONFIG), `${JSON.stringify(config, null, 2)}\n`)

/** The configuration with which the run of a folder was started. Throws a `CommandError` where there is none. */
export async function readConfig(folder: string): Promise<SavedConfig> {
  const file = join(folder, CONFIG)
  const content = await readJson(file).catch((error) => {
    const { code } = error.cause as NodeJS.ErrnoException
    if (code !== 'ENOENT' && code !== 'ENOTDIR') throw error
    throw failure(`${folder} is not the folder of a run: there is no ${CONFIG} in it`, { cause: error })
  })
  const values = { ...OTHERWISE, ...readValues(file, content) }
  const missing = NEEDED.find((key) => !(key in values))
  if (missing) throw failure(`${file} is not the configuration of a run: ${missing} is missing`)
  return values as unknown as SavedConfig
}

/** What is wrong with a run's own file is no wrong usage. */
function readValues(file: string, content: unknown): ConfigValues {
  try {
    return configValues(file, content)
  } catch (cause) {
    throw failure((cause as Error).message, { cause })
  }
}
