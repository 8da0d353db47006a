import { open, readFile, rename, rm } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { DataError } from '../errors.ts'

const POLL = 100

/**
 * Does something while no other process does the same in this folder: the first one writes a file `.lock` with its
 * number, the others wait. A lock whose process has ended on this machine is removed.
 *
 * Throws a `DataError` of code `locked` after `patience` milliseconds, and what `action` and the signal throw.
 */
export async function withLock<T>(
  dir: string,
  action: () => Promise<T>,
  { signal, patience = 600_000 }: { signal?: AbortSignal; patience?: number } = {},
): Promise<T> {
  const file = join(dir, '.lock')
  for (let waited = 0; !(await take(file)); waited += POLL) {
    signal?.throwIfAborted()
    const owner = await readFile(file, 'utf8').catch(() => '')
    if (hasEnded(owner)) await removeStale(file, owner)
    else if (waited >= patience) {
      const message = `another process (${owner.trim() || 'unknown'}) is downloading into this folder: wait for it, or delete the file if it has ended`
      throw new DataError('locked', message, { file })
    } else await new Promise((resolve) => setTimeout(resolve, POLL))
  }
  try {
    return await action()
  } finally {
    await rm(file, { force: true })
  }
}

const me = (): string => `${process.pid} ${hostname()}`

async function take(file: string): Promise<boolean> {
  try {
    const handle = await open(file, 'wx')
    await handle.writeFile(me())
    await handle.close()
    return true
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'EEXIST') return false
    throw new DataError('write', `cannot be written (${message})`, { file }, { cause: error })
  }
}

/** Whether the process that wrote the lock is one of this machine and does not run any more. */
function hasEnded(owner: string): boolean {
  const [pid, host] = owner.split(' ')
  if (host !== hostname()) return false
  try {
    process.kill(Number(pid), 0)
    return false
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH'
  }
}

/** Moved away first, and put back if it is another lock by now: then another process was faster. */
async function removeStale(file: string, owner: string): Promise<void> {
  const aside = `${file}.${process.pid}`
  const moved = await rename(file, aside).then(
    () => true,
    () => false,
  )
  if (!moved) return
  if ((await readFile(aside, 'utf8').catch(() => owner)) === owner) await rm(aside, { force: true })
  else await rename(aside, file)
}
