import ts from 'typescript'

/** What a module imports in any way (`import`, `export … from`, `import()`, `require`), as it is written. */
export function imports(text: string): string[] {
  return ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName)
}

/** The package of an import: `@gosa/datasets/node` → `@gosa/datasets`; undefined for files and Node's own modules. */
export function packageOf(specifier: string): string | undefined {
  if (/^(\.|node:)/.test(specifier)) return undefined
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}

/** Whether a source belongs to the tests: they themselves, and what several of them share (`x.testing.ts`). */
export const isTest = (path: string): boolean => /\.(test|testing)\.ts$/.test(path)
