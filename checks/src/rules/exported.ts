import ts from 'typescript'
import type { Manifest } from '../repository.ts'

/** Reads the public names of a package from its sources: its entry points and what each exports. */

/** The entry points of a package's exports map: `.` → `src/index.ts`, `./node` → `src/node.ts`. */
export function entries({ exports = {} }: Manifest): { subpath: string; source: string }[] {
  return Object.keys(exports)
    .filter((subpath) => subpath !== './package.json')
    .map((subpath) => ({
      subpath,
      source: subpath === '.' ? 'src/index.ts' : `src/${subpath.slice(2)}.ts`,
    }))
}

/** A name that a module exports. Types do not exist at run time. */
export interface ExportedName {
  name: string
  type: boolean
}

/** The names that a module exports, sorted. Throws for exports without a name: `export *`, a default export. */
export function exportedNames(text: string, path: string): ExportedName[] {
  const { statements } = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)
  return statements
    .flatMap((statement) => [...reexportedNames(statement, path), ...declaredNames(statement, path)])
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** Names of `export { … } from`. */
function reexportedNames(statement: ts.Statement, path: string): ExportedName[] {
  if (ts.isExportAssignment(statement)) throw new Error(`${path}: a default export; name it`)
  if (!ts.isExportDeclaration(statement)) return []
  const { exportClause, isTypeOnly } = statement
  if (!exportClause || !ts.isNamedExports(exportClause)) throw new Error(`${path}: export *; name them`)
  return exportClause.elements.map((e) => ({ name: e.name.text, type: isTypeOnly || e.isTypeOnly }))
}

/** Names of `export function …`, as in entry points of a single function. */
function declaredNames(statement: ts.Statement, path: string): ExportedName[] {
  const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : []
  if (!modifiers.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) return []
  if (modifiers.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword))
    throw new Error(`${path}: a default export; name it`)
  const type = ts.isTypeAliasDeclaration(statement) || ts.isInterfaceDeclaration(statement)
  return declarationNames(statement).map((name) => ({ name: name.getText(), type }))
}

function declarationNames(statement: ts.Statement): ts.Node[] {
  const list = ts.isVariableStatement(statement)
    ? statement.declarationList.declarations
    : [statement as ts.Statement & { name?: ts.Node }]
  return list.flatMap(({ name }) => name ?? [])
}
