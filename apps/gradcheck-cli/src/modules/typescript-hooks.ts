import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { transformSync } from '@swc/wasm-typescript'
import { isTypeScript, resolveTypeScriptSpecifier } from './typescript-paths.ts'

/*
 * Module hooks with which Node, in every supported version, loads TypeScript. Compiled to a separate file, since older
 * versions run hooks in a separate thread. Both hooks return synchronously what `next` returns, so that they serve as
 * synchronous hooks as well.
 */

interface ResolveContext {
  parentURL?: string
}

/** Hook: resolves imports of TypeScript files as their compiler does. */
export const resolve = <T>(
  specifier: string,
  context: ResolveContext,
  next: (specifier: string, context: ResolveContext) => T,
): T => next(resolveTypeScriptSpecifier(specifier, context.parentURL), context)

/** Hook: compiles a TypeScript file. */
export function load<C, T>(url: string, context: C, next: (url: string, context: C) => T) {
  if (!isTypeScript(url)) return next(url, context)
  const file = fileURLToPath(url)
  return { ...compileTypeScript(readFileSync(file, 'utf8'), file), shortCircuit: true }
}

/** JavaScript for Node's loader. */
export interface CompiledModule {
  readonly source: string
  readonly format: 'module' | 'commonjs'
}

/**
 * Compiles TypeScript to JavaScript that ends with a source map, so that errors name the user's own lines. Imports used
 * only as types are removed, as TypeScript does.
 *
 * Throws a `SyntaxError` whose stack names the position.
 */
export function compileTypeScript(source: string, file: string): CompiledModule {
  const { code, map } = transform(source, file)
  const comment = map && `//# sourceMappingURL=data:application/json;base64,${toBase64(map)}`
  return { source: `${code}\n${comment ?? ''}`, format: moduleFormat(code, file) }
}

function transform(source: string, filename: string): { code: string; map?: string } {
  try {
    return transformSync(source, { mode: 'transform', filename, module: true, sourceMap: true })
  } catch (thrown) {
    // swc throws plain objects.
    const { message, startLine = 1, startColumn = 0 } = thrown as CompilerError
    const error = new SyntaxError(message ?? String(thrown))
    error.stack = `SyntaxError: ${error.message}\n    at ${filename}:${startLine}:${startColumn + 1}`
    throw error
  }
}

interface CompilerError {
  message?: string
  startLine?: number
  startColumn?: number
}

/** The format by the file's extension, or else by its imports and exports. */
function moduleFormat(code: string, file: string): CompiledModule['format'] {
  if (/\.[cm]ts$/.test(file)) return file.endsWith('.cts') ? 'commonjs' : 'module'
  if (/^(import|export)\b/m.test(code)) return 'module'
  return /\b(require\(|module\.exports\b|exports\.)/.test(code) ? 'commonjs' : 'module'
}

const toBase64 = (text: string): string => Buffer.from(text).toString('base64')
