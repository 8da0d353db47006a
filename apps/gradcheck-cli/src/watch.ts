import { existsSync, readFileSync, watch } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Output } from '@gosa/cli-kit'
import { resolveTypeScriptSpecifier } from './modules/typescript-paths.ts'
import { texts } from './texts.ts'

/*
 * `--watch`: checks again whenever a module, or a local file that it imports, changes.
 */

/** Runs `check` now and after each change, until the signal is aborted; then rejects with its reason. */
export async function watchModules(
  modules: readonly string[],
  check: () => Promise<unknown>,
  { signal, output, folder }: { signal: AbortSignal; output: Output; folder: string },
): Promise<never> {
  for (;;) {
    const files = localFiles(modules)
    // Watching starts before the check, so that no change is missed during it.
    const change = nextChange(files, signal)
    change.catch(() => {})
    await check()
    output.note(texts().watch.watching(files.size))
    const changed = await change
    output.note('')
    output.note(texts().watch.changed(relative(folder, changed)))
  }
}

/** `from './a'`, `import './a'`, `import('./a')`, `require('./a')`. */
const LOCAL_IMPORT = /(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\s*\(\s*)(['"])(\.{1,2}\/.*?)\1/g

/** The files and all that they import by relative paths, directly or indirectly; no packages. */
export function localFiles(files: readonly string[]): Set<string> {
  const found = new Set<string>()
  const visit = (file: string): void => {
    if (found.has(file)) return
    found.add(file)
    const url = pathToFileURL(file).href
    for (const [, , specifier] of readText(file).matchAll(LOCAL_IMPORT)) {
      const imported = fileURLToPath(new URL(resolveTypeScriptSpecifier(specifier, url), url))
      const existing = [imported, `${imported}.js`, `${imported}.cjs`].find(existsSync)
      // A file that does not exist yet is watched under the name of its import.
      visit(existing ?? imported)
    }
  }
  files.forEach(visit)
  return found
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

/** Editors write a file in several steps: events within this time are one change. */
const DEBOUNCE_MS = 100

/**
 * Waits until one of the files changes, and returns it. Watches folders, since editors replace a file by a new one.
 * Rejects with the signal's reason if it is aborted.
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
        timer = setTimeout(() => settle(() => resolve(file)), DEBOUNCE_MS)
      }),
    )
    const onAbort = (): void => settle(() => reject(signal.reason))
    const settle = (finish: () => void): void => {
      clearTimeout(timer)
      for (const watcher of watchers) watcher.close()
      signal.removeEventListener('abort', onAbort)
      finish()
    }
    signal.addEventListener('abort', onAbort)
    if (signal.aborted) onAbort()
  })
}
