import ts from 'typescript'

/** A name that a module exports; types are gone at run time. */
export interface Exported {
  name: string
  type: boolean
}

/** What a module exports by name, sorted. Throws where names cannot be read off: `export *`, a default export. */
export function exported(text: string, path: string): Exported[] {
  const { statements } = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)
  return statements
    .flatMap((statement) => [...named(statement, path), ...declared(statement, path)])
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** `export { … } from`. */
function named(statement: ts.Statement, path: string): Exported[] {
  if (ts.isExportAssignment(statement)) throw new Error(`${path}: a default export; name it`)
  if (!ts.isExportDeclaration(statement)) return []
  const { exportClause, isTypeOnly } = statement
  if (!exportClause || !ts.isNamedExports(exportClause)) throw new Error(`${path}: export *; name them`)
  return exportClause.elements.map((e) => ({ name: e.name.text, type: isTypeOnly || e.isTypeOnly }))
}

/** `export function …`, as entry points of a single function have it. */
function declared(statement: ts.Statement, path: string): Exported[] {
  const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : []
  if (!modifiers.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) return []
  if (modifiers.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword))
    throw new Error(`${path}: a default export; name it`)
  const type = ts.isTypeAliasDeclaration(statement) || ts.isInterfaceDeclaration(statement)
  return declarations(statement).map((name) => ({ name: name.getText(), type }))
}

function declarations(statement: ts.Statement): ts.Node[] {
  const list = ts.isVariableStatement(statement)
    ? statement.declarationList.declarations
    : [statement as ts.Statement & { name?: ts.Node }]
  return list.flatMap(({ name }) => name ?? [])
}
