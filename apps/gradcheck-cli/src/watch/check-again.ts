import { relative } from 'node:path'
import type { Output } from '@gosa/cli-kit'
import { localFiles } from './local-files.ts'
import { nextChange } from './next-change.ts'

/** Runs `check` now, and again whenever one of the modules or a file that they import changes, until it is aborted. */
export async function checkAgain(
  modules: readonly string[],
  check: () => Promise<unknown>,
  { signal, output, folder }: { signal: AbortSignal; output: Output; folder: string },
): Promise<never> {
  for (;;) {
    const files = localFiles(modules)
    // Before the check, so that nothing is missed meanwhile.
    const change = nextChange(files, signal)
    change.catch(() => {})
    await check()
    output.note(`watching ${files.size === 1 ? '1 file' : `${files.size} files`}; Ctrl-C ends`)
    output.note(`\n${relative(folder, await change)} changed`)
  }
}
