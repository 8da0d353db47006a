import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { entries } from '../rules/entries.ts'
import { type Exported, exported } from '../rules/exported.ts'
import { root, type Workspace } from '../workspace.ts'

/** Import specifier → what its source exports: `@gosa/datasets/node` → `loadMnist`, … */
export function publicNames({ folder, manifest }: Workspace): [specifier: string, names: Exported[]][] {
  return entries(manifest).map(({ subpath, source }) => [
    `${manifest.name}${subpath.slice(1)}`,
    exported(readFileSync(join(root, folder, source), 'utf8'), source),
  ])
}
