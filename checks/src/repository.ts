import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { workspaces } from '../../scripts/workspaces.mjs'

/** The repository as the checks see it: its root folder, the files that people wrote, and its packages. */

/** The root folder, with a trailing separator. */
export const root = fileURLToPath(new URL('../../', import.meta.url))

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

/** A package of this repository; the keys of `sources` are paths relative to its folder, with `/` on every system. */
export interface Workspace {
  /** Relative to the root: `packages/linalg`. */
  folder: string
  manifest: Manifest
  sources: Record<string, string>
}

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

/** Whether a package is published. */
export const isPublic = ({ manifest }: Workspace): boolean => manifest.private !== true

const GENERATED_FOLDERS = new Set(['node_modules', 'dist', '.git', '.turbo', '.vitest', 'gosa-runs'])

/** The files below a folder that people wrote, relative to it, with `/` on every system: nothing installed or generated. */
export function filesBelow(folder: string, prefix = ''): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = `${prefix}${entry.name}`
    if (GENERATED_FOLDERS.has(entry.name) || /\.(tgz|log)$|\.generated\.ts$/.test(entry.name)) return []
    return entry.isDirectory() ? filesBelow(`${folder}/${entry.name}`, `${path}/`) : [path]
  })
}
