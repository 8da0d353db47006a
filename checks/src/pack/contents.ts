import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { machinePaths } from '../rules/machine-paths.ts'
import { root } from '../workspace.ts'

/** What an unpacked tarball holds, `/`-separated and sorted. */
export function contents(unpacked: string): string[] {
  return readdirSync(unpacked, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) =>
      join(parentPath, name)
        .slice(unpacked.length + 1)
        .replaceAll('\\', '/'),
    )
    .sort()
}

/** What does not belong into a tarball, or ought to be in it and is not, a sentence each. */
export function contentFaults(unpacked: string): string[] {
  const files = contents(unpacked)
  const text = (path: string) => readFileSync(join(unpacked, path), 'utf8')
  return [
    ...['README.md', 'LICENSE', 'package.json']
      .filter((path) => !files.includes(path))
      .map((path) => `no ${path}`),
    ...files
      .filter((path) => !/^(README\.md|LICENSE|package\.json|[a-z]+\.schema\.json|dist\/.*)$/.test(path))
      .map((path) => `holds ${path}`),
    ...(/"(workspace|catalog):/.test(text('package.json'))
      ? ['a dependency that only a workspace resolves']
      : []),
    ...files.flatMap((path) => machinePaths(path, text(path), root)),
  ]
}
