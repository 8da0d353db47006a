import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { mendSpecifier } from '../modules/mend-specifier.ts'

/** `from './a'`, `import './a'`, `import('./a')`, `require('./a')`. */
const IMPORT = /(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\s*\(\s*)(['"])(\.{1,2}\/.*?)\1/g

/** The given files and all that they import from beside them, directly or not; packages are left out. */
export function localFiles(files: readonly string[]): Set<string> {
  const found = new Set<string>()
  const visit = (file: string): void => {
    if (found.has(file)) return
    found.add(file)
    const parent = pathToFileURL(file).href
    for (const [, , specifier] of textOf(file).matchAll(IMPORT)) {
      const imported = fileURLToPath(new URL(mendSpecifier(specifier, parent), parent))
      const named = [imported, `${imported}.js`, `${imported}.cjs`].find(existsSync)
      // What is not there yet is waited for under the name that it is imported by.
      visit(named ?? imported)
    }
  }
  files.forEach(visit)
  return found
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
