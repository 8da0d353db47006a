import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { defaultCacheDir } from '@gosa/datasets/node'
import type { Environment } from '../paint.ts'

/** Where a set's files are: a folder of the user's own, or a cache into which what is missing is downloaded. */
export type Place = { dir: string; cacheDir?: undefined } | { dir?: undefined; cacheDir: string }

/** `--data-dir`, then `GOSA_DATA_DIR`, and in either a folder of the set's name if there is one; else the user's cache. */
export function placeOf(set: string, dataDir: string | undefined, env: Environment): Place {
  const folder = dataDir ?? env.GOSA_DATA_DIR
  if (!folder) return { cacheDir: defaultCacheDir({ env, platform: process.platform, home: homedir() }) }
  const below = join(folder, set)
  return { dir: existsSync(below) ? below : folder }
}
