import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { isTypeScript, mendSpecifier } from './modules/mend-specifier.ts'
import { compileTypeScript } from './modules/typescript.ts'

/*
 * How Node is taught TypeScript, on every version alike: a file of its own, since older versions run it on a thread of
 * its own. Both functions answer at once and hand on what `next` answers, so they serve as synchronous hooks too.
 */

interface ResolveContext {
  parentURL?: string
}

/** Hook: lets TypeScript files import each other as its compiler allows. */
export const resolve = <T>(
  specifier: string,
  context: ResolveContext,
  next: (specifier: string, context: ResolveContext) => T,
): T => next(mendSpecifier(specifier, context.parentURL), context)

/** Hook: compiles a TypeScript file. */
export function load<C, T>(url: string, context: C, next: (url: string, context: C) => T) {
  if (!isTypeScript(url)) return next(url, context)
  const file = fileURLToPath(url)
  return { ...compileTypeScript(readFileSync(file, 'utf8'), file), shortCircuit: true }
}
