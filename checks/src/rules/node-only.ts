import type { Workspace } from '../workspace.ts'
import { imports, isTest } from './imports.ts'

/** Sources of a package that import Node's modules though they do not stand behind its subpath `node`. */
export function nodeFaults({ manifest, folder, sources }: Workspace): string[] {
  if (!folder.startsWith('packages/')) return []
  return Object.entries(sources)
    .filter(
      ([path, text]) => !isTest(path) && !/^src\/node(\/|\.ts$)/.test(path) && imports(text).some(isNode),
    )
    .map(([path]) => `${manifest.name}: ${path} imports a module of Node's; that belongs into src/node`)
}

const isNode = (specifier: string): boolean => specifier.startsWith('node:')
