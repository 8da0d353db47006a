import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { environment } from '../../../scripts/environment.mjs'
import { pnpm } from '../../../scripts/pnpm.mjs'
import { root, type Workspace } from '../repository.ts'
import { machinePaths } from '../rules/texts.ts'

/** Packs packages as a release would, checks what the tarballs contain, and installs them without a network. */

/** A packed package. */
export interface Packed extends Workspace {
  tarball: string
  /** The folder in which the tarball is unpacked. */
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

/** The files of an unpacked tarball, sorted, with `/` on every system. */
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

/** Files that do not belong in a tarball and files that it lacks, one sentence each. */
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

/** Installs a package from its tarball in an empty folder, as a user of npm would, but without a network. */
export function install(packed: Packed, all: Packed[], folder: string): string {
  const packages = new Map([...dependenciesOf(packed, all), [packed.manifest.name, packed.tarball]])
  const dependencies = Object.fromEntries([...packages].map(([name, place]) => [name, `file:${place}`]))
  mkdirSync(folder, { recursive: true })
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ name: 'consumer', private: true, dependencies }),
  )
  const words = [
    'install',
    '--offline',
    '--install-links',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--silent',
  ]
  // On Windows npm is a batch file, which only a shell starts.
  execFileSync('npm', words, { cwd: folder, env: environment(), shell: process.platform === 'win32' })
  return folder
}

/** All dependencies of a package: name → the tarball of ours, or the installed folder of others'. */
function dependenciesOf(
  packed: Packed,
  all: Packed[],
  found = new Map<string, string>(),
): Map<string, string> {
  for (const name of Object.keys(packed.manifest.dependencies ?? {})) {
    if (found.has(name)) continue
    const own = all.find(({ manifest }) => manifest.name === name)
    if (own) dependenciesOf(own, all, found.set(name, own.tarball))
    else addInstalled(name, join(root, packed.folder, 'node_modules', name), found)
  }
  return found
}

/** Adds an installed package and its dependencies, which pnpm puts beside it. */
function addInstalled(name: string, folder: string, found: Map<string, string>): void {
  const real = realpathSync(folder)
  found.set(name, real)
  const { dependencies, optionalDependencies } = JSON.parse(readFileSync(join(real, 'package.json'), 'utf8'))
  const beside = name.startsWith('@') ? dirname(dirname(real)) : dirname(real)
  for (const next of Object.keys({ ...dependencies, ...optionalDependencies })) {
    // Of optional ones, such as binaries by platform, only those for this machine are installed.
    if (found.has(next) || (optionalDependencies?.[next] && !existsSync(join(beside, next)))) continue
    addInstalled(next, join(beside, next), found)
  }
}
