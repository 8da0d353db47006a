import { posix } from 'node:path'
import type { Workspace } from '../workspace.ts'
import { nodeOnly } from './drawing.ts'
import { entries } from './entries.ts'
import { imports } from './imports.ts'

/** Sources of a package that import Node's modules though another entry point than its subpath `node` loads them. */
export function nodeFaults({ manifest, folder, sources }: Workspace): string[] {
  if (!folder.startsWith('packages/') || nodeOnly.includes(manifest.name.replace('@gosa/', ''))) return []
  const found = new Set<string>()
  for (const { subpath, source } of entries(manifest)) {
    if (subpath !== './node') loaded(source, sources, found)
  }
  return [...found]
    .filter((path) => imports(sources[path]).some((specifier) => specifier.startsWith('node:')))
    .map(
      (path) => `${manifest.name}: ${path} imports a module of Node's; that belongs behind the subpath node`,
    )
}

/** A source and all that it imports, added to `found`. */
function loaded(path: string, sources: Record<string, string>, found: Set<string>): void {
  if (found.has(path) || !(path in sources)) return
  found.add(path)
  for (const specifier of imports(sources[path])) {
    if (specifier.startsWith('.')) loaded(posix.join(posix.dirname(path), specifier), sources, found)
  }
}
