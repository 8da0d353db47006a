import { existsSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'

/*
 * How TypeScript files name each other. Apart from the compiler (`typescript-hooks.ts`), which takes long to load.
 */

/** Whether a URL names a TypeScript file: `.ts`, `.mts` or `.cts`. */
export const isTypeScript = (url: string): boolean => /^file:.*\.[cm]?ts$/.test(url)

/**
 * Resolves a relative import of a TypeScript file as its compiler does: `./helper` and `./helper.js` may name
 * `helper.ts`. Any other specifier, and one that names an existing file, is returned unchanged.
 */
export function resolveTypeScriptSpecifier(specifier: string, parentUrl: string | undefined): string {
  if (parentUrl === undefined || !isTypeScript(parentUrl) || !/^\.{1,2}(\/|$)/.test(specifier))
    return specifier
  const path = fileURLToPath(new URL(specifier, parentUrl))
  const candidates = [path, path.replace(/\.([cm]?)js$/, '.$1ts'), `${path}.ts`, `${path}/index.ts`]
  const found = candidates.find((candidate) => existsSync(candidate) && /\.\w+$/.test(candidate))
  return found === undefined ? specifier : pathToFileURL(found).href
}
