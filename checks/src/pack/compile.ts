import { realpathSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import type { Workspace } from '../workspace.ts'
import { publicNames } from './names.ts'

/** How a user may resolve modules; `.mts` imports and `.cts` requires. */
export const resolutions = {
  node16: {
    files: ['use.mts', 'use.cts'],
    options: { module: ts.ModuleKind.Node16, moduleResolution: ts.ModuleResolutionKind.Node16 },
  },
  bundler: {
    files: ['use.ts'],
    options: { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler },
  },
} as const

/** What TypeScript says where every public name, types included, is taken from a package installed in `folder`. */
export function compile(
  workspace: Workspace,
  folder: string,
  resolution: keyof typeof resolutions,
): string[] {
  const lines = publicNames(workspace).map(([specifier, names], i) => {
    const list = names.map(({ name, type }) => `${type ? 'type ' : ''}${name} as ${name}${i}`)
    return `export { ${list.join(', ')} } from '${specifier}'`
  })
  const { files, options } = resolutions[resolution]
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
  const program = ts.createProgram(paths, compilerOptions, hostOf(folder, compilerOptions))
  return ts.getPreEmitDiagnostics(program).map(({ file, messageText }) => {
    const name = file?.fileName.split('/').slice(-2).join('/')
    return `${resolution}: ${name}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`
  })
}

/** Files as they are in `folder`, and none beside it: TypeScript would go on to look for packages in folders above. */
function hostOf(folder: string, options: ts.CompilerOptions): ts.CompilerHost {
  const host = ts.createCompilerHost(options)
  const places = [folder, realpathSync(folder)].map((place) => place.replaceAll('\\', '/'))
  const { fileExists } = host
  host.fileExists = (path) => places.some((place) => path.startsWith(place)) && fileExists(path)
  return host
}
