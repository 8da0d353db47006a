import ts from 'typescript'

/** A comment that says what is printed. */
export interface OutputComment {
  /** Its line in the block, counted from 0, and where in it the `//` stands. */
  line: number
  column: number
  text: string
}

/**
 * What a block says that it prints: the `//` comments behind a statement with a `console.log` in it, on its last line
 * and on the lines right below. Other comments are for people.
 *
 *     console.log(a) // 1
 *     for (const b of [2, 3]) console.log(b)
 *     // 2
 *     // 3
 */
export function expected(code: string): OutputComment[] {
  const file = ts.createSourceFile('block.ts', code, ts.ScriptTarget.Latest, true)
  const lines = code.split('\n')
  /** Line → column: several statements may end on one line, whose comment counts once. */
  const found = new Map<number, number>()
  const visit = (node: ts.Node) => {
    ts.forEachChild(node, visit)
    if (!ts.isStatement(node) || !prints(node)) return
    const last = file.getLineAndCharacterOfPosition(node.end).line
    for (const { pos } of ts.getTrailingCommentRanges(code, node.end) ?? []) {
      found.set(last, file.getLineAndCharacterOfPosition(pos).character)
    }
    for (let i = last + 1; lines[i]?.trim().startsWith('//'); i++) found.set(i, lines[i].indexOf('//'))
  }
  ts.forEachChild(file, visit)
  return [...found]
    .sort(([a], [b]) => a - b)
    .map(([line, column]) => ({
      line,
      column,
      text: lines[line]
        .slice(column)
        .replace(/^\/\/ ?/, '')
        .trimEnd(),
    }))
}

function prints(node: ts.Node): boolean {
  if (ts.isCallExpression(node) && node.expression.getText() === 'console.log') return true
  return ts.forEachChild(node, (child) => prints(child) || undefined) ?? false
}
