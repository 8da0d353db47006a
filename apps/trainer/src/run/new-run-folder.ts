import { mkdir, readdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { usageError, writeFailure } from '@gosa/cli-kit'
import { removeUnfinished } from './write-file.ts'

/** Where runs are kept of which nobody said where. */
const RUNS = 'gosa-runs'

/**
 * Makes the folder of a new run: the given one, which must be new or empty, or `gosa-runs/<set>-<number>` with the
 * next free number. Nothing that is there is ever overwritten.
 */
export async function newRunFolder(out: string | undefined, set: string): Promise<string> {
  if (out === undefined) return numberedFolder(basename(set))
  try {
    await mkdir(out, { recursive: true })
    // A run that was killed before it had a configuration leaves nothing else.
    await removeUnfinished(out)
    if ((await readdir(out)).length === 0) return out
  } catch (error) {
    throw writeFailure(out, (error as NodeJS.ErrnoException).code === 'EEXIST' ? { code: 'ENOTDIR' } : error)
  }
  throw usageError(
    `--out ${out}: the folder is not empty; choose another, or go on with the run in it by --resume ${out}`,
  )
}

async function numberedFolder(set: string): Promise<string> {
  try {
    await mkdir(RUNS, { recursive: true })
    for (let number = (await highest(set)) + 1; ; number++) {
      const folder = join(RUNS, `${set}-${number}`)
      // Fails where another run took this number at the same moment.
      const made = await mkdir(folder).then(
        () => true,
        (error) => {
          if (error.code !== 'EEXIST') throw error
          return false
        },
      )
      if (made) return folder
    }
  } catch (error) {
    throw writeFailure(`${RUNS} (choose a folder with --out, or keep nothing with --no-out)`, error)
  }
}

/** The highest number in use for this set. */
async function highest(set: string): Promise<number> {
  const names = await readdir(RUNS)
  const numbers = names
    .filter((name) => name.startsWith(`${set}-`))
    .map((name) => Number(name.slice(set.length + 1)))
  return Math.max(0, ...numbers.filter(Number.isSafeInteger))
}
