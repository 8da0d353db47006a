import { existsSync, watch } from 'node:fs'
import { dirname, join } from 'node:path'

/** Editors write a file in several steps; what happens so close together, in ms, is one change. */
const SETTLE = 100

/**
 * Waits until one of the files changes, and answers which. Folders are watched and not files, since editors put a new
 * file in the place of the old one. Rejects with the signal's reason where it is aborted.
 */
export function nextChange(files: ReadonlySet<string>, signal: AbortSignal): Promise<string> {
  const folders = [...new Set([...files].map(dirname))].filter(existsSync)
  return new Promise((resolve, reject) => {
    let timer: NodeJS.Timeout | undefined
    const watchers = folders.map((folder) =>
      watch(folder, (_, name) => {
        const file = join(folder, String(name))
        if (!files.has(file)) return
        clearTimeout(timer)
        timer = setTimeout(() => settle(() => resolve(file)), SETTLE)
      }),
    )
    const onAbort = (): void => settle(() => reject(signal.reason))
    const settle = (answer: () => void): void => {
      clearTimeout(timer)
      for (const watcher of watchers) watcher.close()
      signal.removeEventListener('abort', onAbort)
      answer()
    }
    signal.addEventListener('abort', onAbort)
    if (signal.aborted) onAbort()
  })
}
