import { posix } from 'node:path'
import type { Workspace } from '../repository.ts'
import { imports, isTest } from './arrows.ts'

/**
 * Finds folders that import each other in a circle. Cycles between files are the linter's business
 * (`noImportCycles` in biome.json); folders can form a circle even if no files do.
 *
 * A folder without subfolders counts as one node, and so does each file that lies beside subfolders. Tests are
 * excluded.
 */
export function folderCycles({ folder, sources }: Pick<Workspace, 'folder' | 'sources'>): string[] {
  const nodeOf = nodes(Object.keys(sources))
  const arrows = new Map<string, Set<string>>()
  for (const [path, text] of Object.entries(sources)) {
    if (isTest(path)) continue
    const from = nodeOf(path)
    const targets = arrows.get(from) ?? new Set()
    arrows.set(from, targets)
    for (const specifier of imports(text)) {
      const target = posix.join(posix.dirname(path), specifier)
      if (specifier.startsWith('.') && target in sources && nodeOf(target) !== from)
        targets.add(nodeOf(target))
    }
  }
  return circles(arrows).map((members) => `${folder}: ${members.join(' ⇄ ')}`)
}

/** Maps a file to its node: its folder if that has no subfolders, else the file itself. */
function nodes(paths: string[]): (path: string) => string {
  const folders = new Set(paths.map((path) => posix.dirname(path)))
  const hasSubfolders = (name: string) => [...folders].some((other) => other.startsWith(`${name}/`))
  return (path) => (hasSubfolders(posix.dirname(path)) ? path : posix.dirname(path))
}

/** The strongly connected components with more than one node, each sorted (a node reaches itself through the others). */
function circles(arrows: Map<string, Set<string>>): string[][] {
  const reach = new Map([...arrows.keys()].map((node) => [node, reachable(node, arrows)]))
  const found = new Map<string, string[]>()
  for (const [node, targets] of reach) {
    if (!targets.has(node)) continue
    const members = [...targets].filter((other) => reach.get(other)?.has(node)).sort()
    found.set(members.join(), members)
  }
  return [...found.values()]
}

function reachable(start: string, arrows: Map<string, Set<string>>): Set<string> {
  const found = new Set<string>()
  const waiting = [...(arrows.get(start) ?? [])]
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (found.has(node)) continue
    found.add(node)
    waiting.push(...(arrows.get(node) ?? []))
  }
  return found
}
