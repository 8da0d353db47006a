import { existsSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'

export const isTypeScript = (url: string): boolean => /^file:.*\.[cm]?ts$/.test(url)

/**
 * What a TypeScript file means by an import: `./helper` and `./helper.js` may stand for `helper.ts`, as its compiler
 * allows. Anything else, and what exists as it stands, stays as it is.
 */
export function mendSpecifier(specifier: string, parent: string | undefined): string {
  if (parent === undefined || !isTypeScript(parent) || !/^\.{1,2}(\/|$)/.test(specifier)) return specifier
  const plain = fileURLToPath(new URL(specifier, parent))
  const candidates = [plain, plain.replace(/\.([cm]?)js$/, '.$1ts'), `${plain}.ts`, `${plain}/index.ts`]
  const found = candidates.find((path) => existsSync(path) && /\.\w+$/.test(path))
  return found === undefined ? specifier : pathToFileURL(found).href
}
