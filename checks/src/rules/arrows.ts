import { posix } from 'node:path'
import ts from 'typescript'
import type { Workspace } from '../repository.ts'
import { bundledDependencies, drawing, nodeOnly } from './drawing.ts'
import { entries } from './exported.ts'

/** Checks dependencies against the drawing: what a package may depend on, what it imports, and where Node is needed. */

/** Faults in the dependencies of a package among `all`, one sentence each. */
export function arrowFaults(workspace: Workspace, all: Workspace[]): string[] {
  const { manifest, folder } = workspace
  const declared = runtimeDependencies(workspace)
  const privatePackages = privatePackagesIn(workspace, all)
  const imported = new Map([
    ...privatePackages.flatMap((other) => [
      ...importedPackages(usedPart(other, [workspace, ...privatePackages])),
    ]),
    ...importedPackages(workspace),
  ])
  const allowed = [
    ...declared,
    ...bundledBy(workspace, all),
    ...privatePackages.map((other) => other.manifest.name),
  ]
  return [
    ...(folder.startsWith('packages/') ? undrawnDependencies(workspace) : []),
    ...[...imported]
      .filter(([name]) => !allowed.includes(name))
      .map(
        ([name, path]) => `${manifest.name}: ${path} imports ${name}, which is not among its dependencies`,
      ),
    ...declared
      .filter((name) => !imported.has(name))
      .map((name) => `${manifest.name}: depends on ${name}, but no source imports it`),
  ]
}

/** A package of `packages/` depends only on what the drawing allows; only a private one on libraries from outside. */
function undrawnDependencies(workspace: Workspace): string[] {
  const { name } = workspace.manifest
  const allowed = drawing[name.replace('@gosa/', '')]
  if (!allowed) return [`${name}: is not in the drawing of checks/src/rules/drawing.ts`]
  return runtimeDependencies(workspace)
    .filter((dependency) => dependency.startsWith('@gosa/') || !workspace.manifest.private)
    .filter((dependency) => !allowed.some((drawn) => [drawn, `@gosa/${drawn}`].includes(dependency)))
    .map(
      (dependency) => `${name}: depends on ${dependency}, but may only on ${allowed.join(', ') || 'nothing'}`,
    )
}

function runtimeDependencies({ manifest }: Workspace): string[] {
  const { dependencies, peerDependencies, optionalDependencies } = manifest
  return Object.keys({ ...dependencies, ...peerDependencies, ...optionalDependencies })
}

/**
 * Names of the packages that are bundled into a package's tarball: those drawn as such that it, or a private package in it,
 * has at development time.
 */
export function bundledBy(workspace: Workspace, all: Workspace[]): string[] {
  const names = bundledDependencies[workspace.manifest.name.replace('@gosa/', '')] ?? []
  const available = [
    ...Object.keys(workspace.manifest.devDependencies ?? {}),
    ...privatePackagesIn(workspace, all).flatMap(runtimeDependencies),
  ]
  return names.filter((name) => available.includes(name))
}

/** The private packages that an app bundles. A published app must declare, or bundle, what they import. */
function privatePackagesIn({ folder, manifest }: Workspace, all: Workspace[]): Workspace[] {
  if (!folder.startsWith('apps/')) return []
  return all.filter((other) => other.manifest.private && manifest.devDependencies?.[other.manifest.name])
}

/** A private package with only those sources that the entry points imported by its users load. */
function usedPart(workspace: Workspace, users: Workspace[]): Workspace {
  const { manifest, sources } = workspace
  const specifiers = new Set(
    users.flatMap((user) =>
      Object.entries(user.sources).flatMap(([path, text]) => (isTest(path) ? [] : imports(text))),
    ),
  )
  const loaded = new Set<string>()
  for (const { subpath, source } of entries(manifest)) {
    if (specifiers.has(`${manifest.name}${subpath.slice(1)}`)) addLoadedFiles(source, sources, loaded)
  }
  return { ...workspace, sources: Object.fromEntries([...loaded].map((path) => [path, sources[path]])) }
}

/** Package → a source that imports it, tests excluded. */
function importedPackages({ folder, sources }: Workspace): Map<string, string> {
  const found = new Map<string, string>()
  for (const [path, text] of Object.entries(sources)) {
    if (isTest(path)) continue
    for (const name of imports(text).map(packageName)) if (name) found.set(name, `${folder}/${path}`)
  }
  return found
}

/** Sources of a package that import Node's modules although an entry point other than its subpath `node` loads them. */
export function nodeFaults({ manifest, folder, sources }: Workspace): string[] {
  if (!folder.startsWith('packages/') || nodeOnly.includes(manifest.name.replace('@gosa/', ''))) return []
  const loaded = new Set<string>()
  for (const { subpath, source } of entries(manifest)) {
    if (subpath !== './node') addLoadedFiles(source, sources, loaded)
  }
  return [...loaded]
    .filter((path) => imports(sources[path]).some((specifier) => specifier.startsWith('node:')))
    .map(
      (path) => `${manifest.name}: ${path} imports a module of Node's; that belongs behind the subpath node`,
    )
}

/** Adds a source and everything that it imports to `loaded`. */
function addLoadedFiles(path: string, sources: Record<string, string>, loaded: Set<string>): void {
  if (loaded.has(path) || !(path in sources)) return
  loaded.add(path)
  for (const specifier of imports(sources[path])) {
    if (specifier.startsWith('.')) {
      addLoadedFiles(posix.join(posix.dirname(path), specifier), sources, loaded)
    }
  }
}

/** The specifiers that a module imports in any way: `import`, `export … from`, `import()`, `require`. */
export function imports(text: string): string[] {
  return ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName)
}

/** The package of a specifier: `@gosa/datasets/node` → `@gosa/datasets`; undefined for files and Node's own modules. */
function packageName(specifier: string): string | undefined {
  if (/^(\.|node:)/.test(specifier)) return undefined
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}

/** Whether a source belongs to the tests: `x.test.ts`, or `x.testing.ts`, which several of them share. */
export const isTest = (path: string): boolean => /\.(test|testing)\.ts$/.test(path)
