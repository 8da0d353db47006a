import ts from 'typescript'

/**
 * What a block says that it prints: the `//` comments behind a statement with a `console.log` in it, on its last line
 * and on the lines right below. Other comments are for people.
 *
 *     console.log(a) // 1
 *     for (const b of [2, 3]) console.log(b)
 *     // 2
 *     // 3
 */
export function expected(code: string): string[] {
  const file = ts.createSourceFile('block.ts', code, ts.ScriptTarget.Latest, true)
  const lines = code.split('\n')
  /** Several statements may end on one line: each line counts once. */
  const said = new Map<number, string[]>()
  const visit = (node: ts.Node) => {
    ts.forEachChild(node, visit)
    if (!ts.isStatement(node) || !prints(node)) return
    const last = file.getLineAndCharacterOfPosition(node.end).line
    const beside = (ts.getTrailingCommentRanges(code, node.end) ?? []).map(({ pos, end }) =>
      code.slice(pos, end),
    )
    if (beside.length > 0 || !said.has(last)) said.set(last, [...beside, ...commentsFrom(lines, last + 1)])
  }
  ts.forEachChild(file, visit)
  return [...said.keys()]
    .sort((a, b) => a - b)
    .flatMap((line) => said.get(line) ?? [])
    .map((comment) => comment.replace(/^\/\/ ?/, '').trimEnd())
}

function prints(node: ts.Node): boolean {
  if (ts.isCallExpression(node) && node.expression.getText() === 'console.log') return true
  return ts.forEachChild(node, (child) => prints(child) || undefined) ?? false
}

function commentsFrom(lines: string[], start: number): string[] {
  const rest = lines.slice(start).map((line) => line.trim())
  const end = rest.findIndex((line) => !line.startsWith('//'))
  return end < 0 ? rest : rest.slice(0, end)
}
