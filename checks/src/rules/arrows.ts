import type { Workspace } from '../workspace.ts'
import { bundledDependencies, drawing } from './drawing.ts'
import { imports, isTest, packageOf } from './imports.ts'

/** What is wrong with the dependencies of a package among `all`, a sentence each. */
export function arrowFaults(workspace: Workspace, all: Workspace[]): string[] {
  const { manifest, folder } = workspace
  const declared = runtime(workspace)
  const bundled = bundledInto(workspace, all)
  const imported = importedBy([workspace, ...bundled])
  const inside = carriedBy(workspace)
  return [
    ...(folder.startsWith('packages/') ? undrawn(workspace) : []),
    ...[...imported]
      .filter(
        ([name]) => ![...declared, ...inside, ...bundled.map((kit) => kit.manifest.name)].includes(name),
      )
      .map(
        ([name, path]) => `${manifest.name}: ${path} imports ${name}, which is not among its dependencies`,
      ),
    ...declared
      .filter((name) => !imported.has(name))
      .map((name) => `${manifest.name}: depends on ${name}, but no source imports it`),
  ]
}

/** A package of `packages/` depends only on what the drawing allows; only a private one on libraries from outside. */
function undrawn(workspace: Workspace): string[] {
  const { name } = workspace.manifest
  const allowed = drawing[name.replace('@gosa/', '')]
  if (!allowed) return [`${name}: is not in the drawing of checks/src/rules/drawing.ts`]
  return runtime(workspace)
    .filter((dependency) => dependency.startsWith('@gosa/') || !workspace.manifest.private)
    .filter((dependency) => !allowed.some((drawn) => dependency === `@gosa/${drawn}`))
    .map(
      (dependency) => `${name}: depends on ${dependency}, but may only on ${allowed.join(', ') || 'nothing'}`,
    )
}

function runtime({ manifest }: Workspace): string[] {
  const { dependencies, peerDependencies, optionalDependencies } = manifest
  return Object.keys({ ...dependencies, ...peerDependencies, ...optionalDependencies })
}

/** What its tarball carries, as long as it can be bundled: it has to be installed. */
export function carriedBy({ manifest }: Workspace): string[] {
  const names = bundledDependencies[manifest.name.replace('@gosa/', '')] ?? []
  return names.filter((name) => manifest.devDependencies?.[name])
}

/** Private packages are not published, so the apps that depend on them carry their code, and need what it imports. */
function bundledInto({ folder, manifest }: Workspace, all: Workspace[]): Workspace[] {
  if (!folder.startsWith('apps/')) return []
  return all.filter((other) => other.manifest.private && manifest.devDependencies?.[other.manifest.name])
}

/** Package → a source that imports it, tests aside. */
function importedBy(workspaces: Workspace[]): Map<string, string> {
  const found = new Map<string, string>()
  for (const { folder, sources } of workspaces) {
    for (const [path, text] of Object.entries(sources)) {
      if (isTest(path)) continue
      for (const name of imports(text).map(packageOf)) if (name) found.set(name, `${folder}/${path}`)
    }
  }
  return found
}
