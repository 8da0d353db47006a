import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../workspace.ts'

/** The folder with MNIST's files: `GOSA_DATA_DIR`, or beside the repository; undefined where there is none. */
export function mnistFolder(): string | undefined {
  return [process.env.GOSA_DATA_DIR, join(root, '../shared/data/mnist')].find(
    (path) => path && existsSync(path),
  )
}
