import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { workspaces } from '../../scripts/workspaces.mjs'
import { filesBelow } from './files.ts'

/** The fields of a package.json that are checked here. */
export interface Manifest {
  name: string
  version?: string
  private?: boolean
  bin?: Record<string, string>
  exports?: Record<string, unknown>
  dependencies?: Record<string, string>
  devDependencies?: Record<string, string>
  peerDependencies?: Record<string, string>
  optionalDependencies?: Record<string, string>
}

/** A package of this repository; `sources` by path, both `/`-separated and relative to its folder. */
export interface Workspace {
  /** Relative to the root: `packages/linalg`. */
  folder: string
  manifest: Manifest
  sources: Record<string, string>
}

/** The repository's folder, closed by a separator. */
export const root = fileURLToPath(new URL('../../', import.meta.url))

/** Every package of the repository with its TypeScript sources. */
export function readWorkspaces(): Workspace[] {
  return workspaces().map(({ folder, manifest }: { folder: string; manifest: Manifest }) => ({
    folder,
    manifest,
    sources: Object.fromEntries(
      filesBelow(`${root}${folder}`)
        .filter((path) => /^src\/.*\.ts$/.test(path))
        .map((path) => [path, readFileSync(`${root}${folder}/${path}`, 'utf8')]),
    ),
  }))
}

/** Those that are published. */
export const isPublic = ({ manifest }: Workspace): boolean => manifest.private !== true
