import { readFileSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root } from '../workspace.ts'
import type { Packed } from './pack-all.ts'

/** Everything that a package needs beside itself: name → the tarball of ours, or the installed folder of others'. */
export function needs(packed: Packed, all: Packed[], found = new Map<string, string>()): Map<string, string> {
  for (const name of Object.keys(packed.manifest.dependencies ?? {})) {
    if (found.has(name)) continue
    const own = all.find(({ manifest }) => manifest.name === name)
    if (own) needs(own, all, found.set(name, own.tarball))
    else addOutside(name, join(root, packed.folder, 'node_modules', name), found)
  }
  return found
}

/** pnpm puts what a package depends on beside it. */
function addOutside(name: string, folder: string, found: Map<string, string>): void {
  const real = realpathSync(folder)
  found.set(name, real)
  const { dependencies = {} } = JSON.parse(readFileSync(join(real, 'package.json'), 'utf8'))
  const beside = name.startsWith('@') ? dirname(dirname(real)) : dirname(real)
  for (const next of Object.keys(dependencies)) {
    if (!found.has(next)) addOutside(next, join(beside, next), found)
  }
}
