import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { pnpm } from '../../../scripts/pnpm.mjs'
import type { Workspace } from '../workspace.ts'

/** A package as people get it. */
export interface Packed extends Workspace {
  tarball: string
  /** Where the tarball is unpacked. */
  unpacked: string
}

/** Packs the packages as a release would, and unpacks each into `folder`. Rejects where pnpm cannot pack one. */
export async function packAll(workspaces: Workspace[], folder: string): Promise<Packed[]> {
  const filters = workspaces.map(({ manifest }) => `--filter=${manifest.name}`)
  const code = await pnpm(['-r', ...filters, 'pack', '--pack-destination', folder], { stdout: 'ignore' })
  if (code !== 0) throw new Error(`pnpm pack ended with ${code}`)
  return workspaces.map((workspace) => {
    const { name, version } = workspace.manifest
    const tarball = join(folder, `${name.replace('@', '').replace('/', '-')}-${version}.tgz`)
    const unpacked = join(folder, name)
    mkdirSync(unpacked, { recursive: true })
    execFileSync('tar', ['-xzf', tarball, '-C', unpacked, '--strip-components=1'])
    return { ...workspace, tarball, unpacked }
  })
}
