import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { failure } from '@gosa/cli-kit'
import { writeFileWhole } from '../run/write-file.ts'
import type { Config } from './config.ts'

/** The name of the configuration in a run's folder. */
const CONFIG = 'config.json'

/** What is saved: the configuration, and of which images it speaks. */
export interface SavedConfig extends Config {
  dataSha256: string
}

/** What each entry must be; a `?` marks those that may be missing. */
const KINDS: Record<keyof SavedConfig, string> = {
  data: 'string',
  dataDir: 'string?',
  trainSize: 'number?',
  testSize: 'number?',
  layers: 'object',
  activation: 'string',
  std: 'number or string',
  batchSize: 'number',
  iterations: 'number',
  learningRate: 'number',
  optimizer: 'string',
  dtype: 'string',
  backend: 'string',
  threads: 'number',
  seed: 'number',
  checkpointEvery: 'number',
  dataSha256: 'string',
}

/** Writes the configuration into a run's folder. */
export const writeConfig = (folder: string, config: SavedConfig): Promise<void> =>
  writeFileWhole(join(folder, CONFIG), `${JSON.stringify(config, null, 2)}\n`)

/** The configuration with which the run of a folder was started. Throws a `CommandError` where there is none. */
export async function readConfig(folder: string): Promise<SavedConfig> {
  const file = join(folder, CONFIG)
  const text = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw cause.code === 'ENOENT' || cause.code === 'ENOTDIR'
      ? failure(`${folder} is not the folder of a run: there is no ${CONFIG} in it`, { cause })
      : failure(`${file}: ${cause.message}`, { cause })
  })
  try {
    return checked(JSON.parse(text))
  } catch (cause) {
    throw failure(`${file} is not the configuration of a run: ${(cause as Error).message}`, { cause })
  }
}

function checked(value: unknown): SavedConfig {
  const config = Object(value) as Record<string, unknown>
  for (const [name, kind] of Object.entries(KINDS)) {
    if (kind.endsWith('?') && config[name] === undefined) continue
    if (!kind.includes(typeof config[name])) throw new TypeError(`${name} must be a ${kind.replace('?', '')}`)
  }
  return config as unknown as SavedConfig
}
