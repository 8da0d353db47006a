import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Workspace } from '../workspace.ts'
import { publicNames } from './names.ts'

/** What Node finds in each entry point of a package installed in `folder`, by `import` or `require`; sorted. */
export function namesAtRunTime(workspace: Workspace, folder: string, how: 'import' | 'require') {
  const load = how === 'import' ? 'await import' : 'require'
  const lines = publicNames(workspace).map(
    ([specifier]) => `found['${specifier}'] = Object.keys(${load}('${specifier}')).sort()`,
  )
  const file = join(folder, how === 'import' ? 'use.mjs' : 'use.cjs')
  writeFileSync(file, ['const found = {}', ...lines, 'console.log(JSON.stringify(found))'].join('\n'))
  return JSON.parse(execFileSync(process.execPath, [file], { cwd: folder, encoding: 'utf8' }))
}

/** What Node should find there: the values among the names of the sources. */
export function expectedAtRunTime(workspace: Workspace): Record<string, string[]> {
  return Object.fromEntries(
    publicNames(workspace).map(([specifier, names]) => [
      specifier,
      names.filter(({ type }) => !type).map(({ name }) => name),
    ]),
  )
}
