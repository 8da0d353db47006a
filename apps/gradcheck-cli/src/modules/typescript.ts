import { transformSync } from '@swc/wasm-typescript'

export interface Compiled {
  readonly source: string
  readonly format: 'module' | 'commonjs'
}

/**
 * The JavaScript of a TypeScript source, with a source map at its end, so that errors name the author's own lines.
 * Imports of types alone are left out, as TypeScript does.
 *
 * Throws a `SyntaxError` for what is no TypeScript.
 */
export function compileTypeScript(source: string, file: string): Compiled {
  const { code, map } = transformed(source, file)
  const comment = map && `//# sourceMappingURL=data:application/json;base64,${base64(map)}`
  return { source: `${code}\n${comment ?? ''}`, format: formatOf(code, file) }
}

function transformed(source: string, filename: string): { code: string; map?: string } {
  try {
    return transformSync(source, { mode: 'transform', filename, module: true, sourceMap: true })
  } catch (thrown) {
    // The compiler throws plain objects.
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

/** By its name, else by what it uses. */
function formatOf(code: string, file: string): Compiled['format'] {
  if (/\.[cm]ts$/.test(file)) return file.endsWith('.cts') ? 'commonjs' : 'module'
  if (/^(import|export)\b/m.test(code)) return 'module'
  return /\b(require\(|module\.exports\b|exports\.)/.test(code) ? 'commonjs' : 'module'
}

const base64 = (text: string): string => Buffer.from(text).toString('base64')
