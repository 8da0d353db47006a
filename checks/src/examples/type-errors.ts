import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { root } from '../repository.ts'

/** Type errors of modules (by file name, relative to the root), with `@gosa/x` from its sources; a line each. */
export function typeErrors(modules: Map<string, string>, further: ts.CompilerOptions = {}): string[] {
  const texts = new Map([...modules].map(([name, text]) => [posix(join(root, name)), text]))
  const options = {
    ...baseOptions(),
    types: ['node'],
    paths: sourcePaths(),
    noUnusedLocals: false,
    noUnusedParameters: false,
    ...further,
  }
  const host = ts.createCompilerHost(options)
  const { getSourceFile, fileExists, readFile } = host
  host.fileExists = (path) => texts.has(posix(path)) || fileExists(path)
  host.readFile = (path) => texts.get(posix(path)) ?? readFile(path)
  host.getSourceFile = (path, version, ...rest) => {
    const text = texts.get(posix(path))
    return text === undefined
      ? getSourceFile(path, version, ...rest)
      : ts.createSourceFile(path, text, version)
  }
  const program = ts.createProgram([...texts.keys()], options, host)
  return [...texts.keys()]
    .flatMap((path) => {
      const file = program.getSourceFile(path)
      return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)]
    })
    .map(message)
}

function baseOptions(): ts.CompilerOptions {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.base.json'), ts.sys.readFile)
  const { options } = ts.parseJsonConfigFileContent({ ...config, files: [] }, ts.sys, root)
  return {
    ...options,
    moduleDetection: ts.ModuleDetectionKind.Force,
    typeRoots: [join(root, 'node_modules/@types')],
  }
}

function sourcePaths(): Record<string, string[]> {
  const names = readdirSync(join(root, 'packages'))
  return Object.fromEntries(
    names.flatMap((name) => [
      [`@gosa/${name}`, [posix(join(root, `packages/${name}/src/index.ts`))]],
      [`@gosa/${name}/*`, [posix(join(root, `packages/${name}/src/*.ts`))]],
    ]),
  )
}

function message({ file, start = 0, messageText }: ts.Diagnostic): string {
  const line = file ? file.getLineAndCharacterOfPosition(start).line + 1 : 0
  const name = file?.fileName.replace(posix(root), '').replace(/\.\d+\.ts$/, '')
  return `${name}:${line}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`
}

const posix = (path: string): string => path.replaceAll('\\', '/')
