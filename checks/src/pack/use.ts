import { execFileSync } from 'node:child_process'
import { readFileSync, realpathSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { root, type Workspace } from '../repository.ts'
import { type ExportedName, entries, exportedNames } from '../rules/exported.ts'

/** Uses an installed package as Node and TypeScript would, and compares its names with those of the sources. */

/** Import specifier → the names that its source exports: `@gosa/datasets/node` → `loadMnist`, … */
function publicNames({ folder, manifest }: Workspace): [specifier: string, names: ExportedName[]][] {
  return entries(manifest).map(({ subpath, source }) => [
    `${manifest.name}${subpath.slice(1)}`,
    exportedNames(readFileSync(join(root, folder, source), 'utf8'), source),
  ])
}

/** The names that Node finds in each entry point of a package installed in `folder`, by `import` or `require`, sorted. */
export function namesAtRunTime(workspace: Workspace, folder: string, how: 'import' | 'require') {
  const load = how === 'import' ? 'await import' : 'require'
  const lines = publicNames(workspace).map(
    ([specifier]) => `found['${specifier}'] = Object.keys(${load}('${specifier}')).sort()`,
  )
  const file = join(folder, how === 'import' ? 'use.mjs' : 'use.cjs')
  writeFileSync(file, ['const found = {}', ...lines, 'console.log(JSON.stringify(found))'].join('\n'))
  return JSON.parse(execFileSync(process.execPath, [file], { cwd: folder, encoding: 'utf8' }))
}

/** The names that Node should find there: the values among the names of the sources. */
export function expectedAtRunTime(workspace: Workspace): Record<string, string[]> {
  return Object.fromEntries(
    publicNames(workspace).map(([specifier, names]) => [
      specifier,
      names.filter(({ type }) => !type).map(({ name }) => name),
    ]),
  )
}

/** Module resolutions of TypeScript; `.mts` imports and `.cts` requires. */
const RESOLUTIONS = {
  node16: {
    files: ['use.mts', 'use.cts'],
    options: { module: ts.ModuleKind.Node16, moduleResolution: ts.ModuleResolutionKind.Node16 },
  },
  bundler: {
    files: ['use.ts'],
    options: { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler },
  },
} as const

/** The errors of TypeScript if every public name, types included, is imported from a package installed in `folder`. */
export function compile(
  workspace: Workspace,
  folder: string,
  resolution: keyof typeof RESOLUTIONS,
): string[] {
  const lines = publicNames(workspace).map(([specifier, names], i) => {
    const list = names.map(({ name, type }) => `${type ? 'type ' : ''}${name} as ${name}${i}`)
    return `export { ${list.join(', ')} } from '${specifier}'`
  })
  const { files, options } = RESOLUTIONS[resolution]
  const paths = files.map((file) => join(folder, file))
  for (const path of paths) writeFileSync(path, `${lines.join('\n')}\n`)
  const compilerOptions: ts.CompilerOptions = {
    ...options,
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2022.d.ts'],
    types: [],
    strict: true,
    noEmit: true,
  }
  const program = ts.createProgram(paths, compilerOptions, hostFor(folder, compilerOptions))
  return ts.getPreEmitDiagnostics(program).map(({ file, messageText }) => {
    const name = file?.fileName.split('/').slice(-2).join('/')
    return `${resolution}: ${name}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`
  })
}

/** A host that sees files below `folder` only: TypeScript would otherwise search for packages in the folders above. */
function hostFor(folder: string, options: ts.CompilerOptions): ts.CompilerHost {
  const host = ts.createCompilerHost(options)
  const folders = [folder, realpathSync(folder)].map((path) => path.replaceAll('\\', '/'))
  const { fileExists } = host
  host.fileExists = (path) => folders.some((folder) => path.startsWith(folder)) && fileExists(path)
  return host
}
