import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Environment } from '../paint.ts'
import { cacheFolder } from './cache-folder.ts'

/** Where MNIST's files are: `--data-dir`, then `GOSA_DATA_DIR`, then the user's cache; there, or in `mnist` below. */
export function mnistFolder(dataDir: string | undefined, env: Environment): string {
  const folder = dataDir ?? (env.GOSA_DATA_DIR || cacheFolder(env))
  const below = join(folder, 'mnist')
  return existsSync(below) ? below : folder
}
